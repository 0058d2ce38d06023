import type { GuideValue } from './guide.ts'

export type EntraTool = 'powershell' | 'az' | 'terraform'
export type EntraValues = Pick<Record<GuideValue, string>, 'redirectUrl' | 'loginUrl' | 'spEntityId'>

export const entraTools: { tool: EntraTool; label: string; needs: string }[] = [
  {
    tool: 'powershell',
    label: 'PowerShell',
    needs:
      'Microsoft Graph PowerShell (Install-Module Microsoft.Graph.Authentication), and a Cloud Application Administrator.',
  },
  {
    tool: 'az',
    label: 'Azure CLI',
    needs: 'az login as a Cloud Application Administrator, and a shell such as that of the Azure portal.',
  },
  {
    tool: 'terraform',
    label: 'Terraform',
    needs: 'The provider azuread 3, signed in as a Cloud Application Administrator.',
  },
]

/** Entra's template of applications that are not in its gallery. */
const template = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621'
const claim = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims'

/** What is sent about people, besides what always is. */
const claims = JSON.stringify({
  ClaimsMappingPolicy: {
    Version: 1,
    IncludeBasicClaimSet: 'true',
    ClaimsSchema: [
      { Source: 'user', ID: 'mail', SamlClaimType: `${claim}/emailaddress` },
      { Source: 'user', ID: 'givenname', SamlClaimType: `${claim}/givenname` },
      { Source: 'user', ID: 'surname', SamlClaimType: `${claim}/surname` },
      { Source: 'user', ID: 'displayname', SamlClaimType: 'http://schemas.microsoft.com/identity/claims/displayname' },
    ],
  },
})

/** A text in single quotes, for each of the languages. */
const inPowershell = (text: string): string => `'${text.replaceAll("'", "''")}'`
const inShell = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`
const inTerraform = (text: string): string => JSON.stringify(text).replace(/[$%](?=\{)/g, (mark) => mark + mark)

const powershell = ({
  redirectUrl,
  loginUrl,
  spEntityId,
}: EntraValues): string => `# Creates the application for single sign-on in Microsoft Entra, and prints the address of its metadata.
$ErrorActionPreference = 'Stop'
Connect-MgGraph -NoWelcome -Scopes Application.ReadWrite.All, Policy.ReadWrite.ApplicationConfiguration
$graph = 'https://graph.microsoft.com/v1.0'

$made = Invoke-MgGraphRequest POST "$graph/applicationTemplates/${template}/instantiate" -Body @{ displayName = 'Gatehouse' }
$application = $made.application
$principal = "$graph/servicePrincipals/$($made.servicePrincipal.id)"
for ($try = 1; $try -le 24; $try++) {
  # It takes Entra a moment to know what it has made.
  try { Invoke-MgGraphRequest GET $principal | Out-Null; break } catch { Start-Sleep 5 }
}

Invoke-MgGraphRequest PATCH $principal -Body @{
  preferredSingleSignOnMode = 'saml'
  loginUrl = ${inPowershell(loginUrl)}
}
Invoke-MgGraphRequest PATCH "$graph/applications/$($application.id)" -Body @{
  identifierUris = @(${inPowershell(spEntityId)})
  web = @{ redirectUris = @(${inPowershell(redirectUrl)}) }
}

$certificate = Invoke-MgGraphRequest POST "$principal/addTokenSigningCertificate" -Body @{ displayName = 'CN=Gatehouse' }
Invoke-MgGraphRequest PATCH $principal -Body @{ preferredTokenSigningKeyThumbprint = $certificate.thumbprint }

$policy = Invoke-MgGraphRequest POST "$graph/policies/claimsMappingPolicies" -Body @{
  displayName = 'Gatehouse'
  definition = @(${inPowershell(claims)})
}
Invoke-MgGraphRequest POST "$principal/claimsMappingPolicies/\`$ref" -Body @{
  '@odata.id' = "$graph/policies/claimsMappingPolicies/$($policy.id)"
}

Write-Host 'Assign people, and paste this address:'
"https://login.microsoftonline.com/$((Get-MgContext).TenantId)/federationmetadata/2007-06/federationmetadata.xml?appid=$($application.appId)"
`

const az = ({ redirectUrl, loginUrl, spEntityId }: EntraValues): string => {
  const body = (value: unknown): string => inShell(JSON.stringify(value))
  return `#!/bin/bash
# Creates the application for single sign-on in Microsoft Entra, and prints the address of its metadata.
set -euo pipefail
graph=https://graph.microsoft.com/v1.0

made=$(az rest --method post --url "$graph/applicationTemplates/${template}/instantiate" \\
  --body ${body({ displayName: 'Gatehouse' })} \\
  --query '[application.id, application.appId, servicePrincipal.id]' --output tsv)
set -- $made
application="$graph/applications/$1"
app_id=$2
principal="$graph/servicePrincipals/$3"
for try in $(seq 24); do
  # It takes Entra a moment to know what it has made.
  az rest --method get --url "$principal" > /dev/null 2>&1 && break
  sleep 5
done

az rest --method patch --url "$principal" \\
  --body ${body({ preferredSingleSignOnMode: 'saml', loginUrl })}
az rest --method patch --url "$application" \\
  --body ${body({ identifierUris: [spEntityId], web: { redirectUris: [redirectUrl] } })}

thumbprint=$(az rest --method post --url "$principal/addTokenSigningCertificate" \\
  --body ${body({ displayName: 'CN=Gatehouse' })} --query thumbprint --output tsv)
az rest --method patch --url "$principal" --body "{\\"preferredTokenSigningKeyThumbprint\\": \\"$thumbprint\\"}"

policy=$(az rest --method post --url "$graph/policies/claimsMappingPolicies" \\
  --body ${body({ displayName: 'Gatehouse', definition: [claims] })} --query id --output tsv)
az rest --method post --url "$principal/claimsMappingPolicies/\\$ref" \\
  --body "{\\"@odata.id\\": \\"$graph/policies/claimsMappingPolicies/$policy\\"}"

echo 'Assign people, and paste this address:'
echo "https://login.microsoftonline.com/$(az account show --query tenantId --output tsv)/federationmetadata/2007-06/federationmetadata.xml?appid=$app_id"
`
}

const terraform = ({
  redirectUrl,
  loginUrl,
  spEntityId,
}: EntraValues): string => `# Creates the application for single sign-on in Microsoft Entra; its output is the address of its metadata.
terraform {
  required_providers {
    azuread = { source = "hashicorp/azuread", version = "~> 3.0" }
  }
}

data "azuread_client_config" "current" {}

resource "azuread_application" "gatehouse" {
  display_name    = "Gatehouse"
  template_id     = "${template}"
  identifier_uris = [${inTerraform(spEntityId)}]
  web {
    redirect_uris = [${inTerraform(redirectUrl)}]
  }
}

resource "azuread_service_principal" "gatehouse" {
  client_id                     = azuread_application.gatehouse.client_id
  use_existing                  = true
  preferred_single_sign_on_mode = "saml"
  login_url                     = ${inTerraform(loginUrl)}
  feature_tags {
    enterprise            = true
    custom_single_sign_on = true
  }
}

resource "azuread_service_principal_token_signing_certificate" "gatehouse" {
  service_principal_id = azuread_service_principal.gatehouse.id
  display_name         = "CN=Gatehouse"
}

resource "azuread_claims_mapping_policy" "gatehouse" {
  display_name = "Gatehouse"
  definition   = [${inTerraform(claims)}]
}

resource "azuread_service_principal_claims_mapping_policy_assignment" "gatehouse" {
  service_principal_id     = azuread_service_principal.gatehouse.id
  claims_mapping_policy_id = azuread_claims_mapping_policy.gatehouse.id
}

output "metadata_url" {
  value = "https://login.microsoftonline.com/\${data.azuread_client_config.current.tenant_id}/federationmetadata/2007-06/federationmetadata.xml?appid=\${azuread_application.gatehouse.client_id}"
}
`

const scripts: Record<EntraTool, (values: EntraValues) => string> = { powershell, az, terraform }

/**
 * A script that creates the enterprise application in Entra, with identifier, reply URL, sign-on URL, signing certificate and
 * claims, and prints the App Federation Metadata Url.
 * @param values ours; each is quoted for the language
 */
export const entraScript = (tool: EntraTool, values: EntraValues): string => scripts[tool](values)
