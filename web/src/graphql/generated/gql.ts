/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  fragment MemberFilter_organization on Organization {\n    roles {\n      id\n      key\n      name\n    }\n  }\n": typeof types.MemberFilter_OrganizationFragmentDoc,
    "\n  fragment MemberMenu_membership on Membership {\n    id\n    suspended\n    viewerCanSuspend\n    viewerCanRemove\n    user {\n      id\n      name\n      email\n    }\n    organization {\n      id\n      name\n    }\n  }\n": typeof types.MemberMenu_MembershipFragmentDoc,
    "\n  fragment MemberRow_membership on Membership {\n    id\n    suspended\n    joinedAt\n    joinMethod\n    lastSignInAt\n    user {\n      id\n      name\n      email\n    }\n    ...RoleSelect_membership\n    ...MemberMenu_membership\n  }\n": typeof types.MemberRow_MembershipFragmentDoc,
    "\n  fragment MembersTable_memberships on MembershipConnection {\n    nodes {\n      id\n      ...MemberRow_membership\n    }\n  }\n": typeof types.MembersTable_MembershipsFragmentDoc,
    "\n  fragment RoleSelect_membership on Membership {\n    id\n    roleSource\n    viewerRestriction\n    user {\n      id\n      name\n      email\n    }\n    role {\n      id\n      key\n      name\n    }\n    assignableRoles {\n      id\n      key\n      name\n    }\n  }\n": typeof types.RoleSelect_MembershipFragmentDoc,
    "\n  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      membership {\n        id\n        ...MemberRow_membership\n      }\n    }\n  }\n": typeof types.ChangeMemberRoleDocument,
    "\n  mutation LeaveOrganization($input: LeaveOrganizationInput!) {\n    leaveOrganization(input: $input) {\n      leftOrganizationId\n    }\n  }\n": typeof types.LeaveOrganizationDocument,
    "\n  mutation RemoveMember($input: RemoveMemberInput!) {\n    removeMember(input: $input) {\n      removedMembershipId\n    }\n  }\n": typeof types.RemoveMemberDocument,
    "\n  mutation SetMemberSuspended($input: SetMemberSuspendedInput!) {\n    setMemberSuspended(input: $input) {\n      membership {\n        id\n        ...MemberRow_membership\n      }\n    }\n  }\n": typeof types.SetMemberSuspendedDocument,
    "\n  fragment Navigation_organization on Organization {\n    slug\n    viewerPermissions\n  }\n": typeof types.Navigation_OrganizationFragmentDoc,
    "\n  fragment OrganizationSwitcher_viewer on Viewer {\n    memberships(first: 100) {\n      nodes {\n        id\n        role {\n          id\n          name\n        }\n        organization {\n          id\n          slug\n          name\n        }\n      }\n    }\n  }\n": typeof types.OrganizationSwitcher_ViewerFragmentDoc,
    "\n  query OwnersToAsk($slug: String!) {\n    organization(slug: $slug) {\n      id\n      memberships(first: 5, role: \"owner\") {\n        nodes {\n          id\n          suspended\n          user {\n            id\n            name\n            email\n          }\n        }\n      }\n    }\n  }\n": typeof types.OwnersToAskDocument,
    "\n  mutation CreateOrganization($input: CreateOrganizationInput!) {\n    createOrganization(input: $input) {\n      organization {\n        id\n        slug\n        name\n      }\n    }\n  }\n": typeof types.CreateOrganizationDocument,
    "\n  fragment LinkAccountForm_pendingSsoLink on PendingSsoLink {\n    email\n    organizationName\n    connectionName\n    viewerIsUser\n    userHasPassword\n  }\n": typeof types.LinkAccountForm_PendingSsoLinkFragmentDoc,
    "\n  mutation LinkSsoIdentity($input: LinkSsoIdentityInput!) {\n    linkSsoIdentity(input: $input) {\n      user {\n        id\n        email\n        name\n      }\n      returnPath\n    }\n  }\n": typeof types.LinkSsoIdentityDocument,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      user {\n        id\n        email\n        name\n      }\n    }\n  }\n": typeof types.SignInDocument,
    "\n  mutation SignOut {\n    signOut {\n      redirectUrl\n    }\n  }\n": typeof types.SignOutDocument,
    "\n  fragment UserMenu_user on User {\n    email\n    name\n  }\n": typeof types.UserMenu_UserFragmentDoc,
    "\n  mutation CompleteSetup($input: CompleteSetupInput!) {\n    completeSetup(input: $input) {\n      organization {\n        id\n        slug\n        name\n      }\n      user {\n        id\n        email\n        name\n      }\n    }\n  }\n": typeof types.CompleteSetupDocument,
    "\n  query HomePage {\n    viewer {\n      user {\n        id\n        email\n      }\n      memberships(first: 100) {\n        nodes {\n          id\n          suspended\n          organization {\n            id\n            slug\n          }\n        }\n      }\n    }\n  }\n": typeof types.HomePageDocument,
    "\n  query LinkAccountPage($token: String!) {\n    pendingSsoLink(token: $token) {\n      email\n      organizationName\n      connectionName\n      ...LinkAccountForm_pendingSsoLink\n    }\n  }\n": typeof types.LinkAccountPageDocument,
    "\n  query MembersPage(\n    $slug: String!\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $query: String\n    $role: String\n  ) {\n    organization(slug: $slug) {\n      id\n      viewerMembership {\n        id\n      }\n      ...MemberFilter_organization\n      memberships(first: $first, after: $after, last: $last, before: $before, query: $query, role: $role) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n        ...MembersTable_memberships\n      }\n    }\n  }\n": typeof types.MembersPageDocument,
    "\n  query OrganizationFrame($slug: String!) {\n    viewer {\n      user {\n        id\n        ...UserMenu_user\n      }\n      ...OrganizationSwitcher_viewer\n    }\n    organization(slug: $slug) {\n      id\n      viewerRole {\n        id\n        key\n      }\n      ...Navigation_organization\n    }\n  }\n": typeof types.OrganizationFrameDocument,
    "\n  query SetupPage {\n    setupRequired\n  }\n": typeof types.SetupPageDocument,
    "\n  query SignInPage {\n    setupRequired\n  }\n": typeof types.SignInPageDocument,
};
const documents: Documents = {
    "\n  fragment MemberFilter_organization on Organization {\n    roles {\n      id\n      key\n      name\n    }\n  }\n": types.MemberFilter_OrganizationFragmentDoc,
    "\n  fragment MemberMenu_membership on Membership {\n    id\n    suspended\n    viewerCanSuspend\n    viewerCanRemove\n    user {\n      id\n      name\n      email\n    }\n    organization {\n      id\n      name\n    }\n  }\n": types.MemberMenu_MembershipFragmentDoc,
    "\n  fragment MemberRow_membership on Membership {\n    id\n    suspended\n    joinedAt\n    joinMethod\n    lastSignInAt\n    user {\n      id\n      name\n      email\n    }\n    ...RoleSelect_membership\n    ...MemberMenu_membership\n  }\n": types.MemberRow_MembershipFragmentDoc,
    "\n  fragment MembersTable_memberships on MembershipConnection {\n    nodes {\n      id\n      ...MemberRow_membership\n    }\n  }\n": types.MembersTable_MembershipsFragmentDoc,
    "\n  fragment RoleSelect_membership on Membership {\n    id\n    roleSource\n    viewerRestriction\n    user {\n      id\n      name\n      email\n    }\n    role {\n      id\n      key\n      name\n    }\n    assignableRoles {\n      id\n      key\n      name\n    }\n  }\n": types.RoleSelect_MembershipFragmentDoc,
    "\n  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      membership {\n        id\n        ...MemberRow_membership\n      }\n    }\n  }\n": types.ChangeMemberRoleDocument,
    "\n  mutation LeaveOrganization($input: LeaveOrganizationInput!) {\n    leaveOrganization(input: $input) {\n      leftOrganizationId\n    }\n  }\n": types.LeaveOrganizationDocument,
    "\n  mutation RemoveMember($input: RemoveMemberInput!) {\n    removeMember(input: $input) {\n      removedMembershipId\n    }\n  }\n": types.RemoveMemberDocument,
    "\n  mutation SetMemberSuspended($input: SetMemberSuspendedInput!) {\n    setMemberSuspended(input: $input) {\n      membership {\n        id\n        ...MemberRow_membership\n      }\n    }\n  }\n": types.SetMemberSuspendedDocument,
    "\n  fragment Navigation_organization on Organization {\n    slug\n    viewerPermissions\n  }\n": types.Navigation_OrganizationFragmentDoc,
    "\n  fragment OrganizationSwitcher_viewer on Viewer {\n    memberships(first: 100) {\n      nodes {\n        id\n        role {\n          id\n          name\n        }\n        organization {\n          id\n          slug\n          name\n        }\n      }\n    }\n  }\n": types.OrganizationSwitcher_ViewerFragmentDoc,
    "\n  query OwnersToAsk($slug: String!) {\n    organization(slug: $slug) {\n      id\n      memberships(first: 5, role: \"owner\") {\n        nodes {\n          id\n          suspended\n          user {\n            id\n            name\n            email\n          }\n        }\n      }\n    }\n  }\n": types.OwnersToAskDocument,
    "\n  mutation CreateOrganization($input: CreateOrganizationInput!) {\n    createOrganization(input: $input) {\n      organization {\n        id\n        slug\n        name\n      }\n    }\n  }\n": types.CreateOrganizationDocument,
    "\n  fragment LinkAccountForm_pendingSsoLink on PendingSsoLink {\n    email\n    organizationName\n    connectionName\n    viewerIsUser\n    userHasPassword\n  }\n": types.LinkAccountForm_PendingSsoLinkFragmentDoc,
    "\n  mutation LinkSsoIdentity($input: LinkSsoIdentityInput!) {\n    linkSsoIdentity(input: $input) {\n      user {\n        id\n        email\n        name\n      }\n      returnPath\n    }\n  }\n": types.LinkSsoIdentityDocument,
    "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      user {\n        id\n        email\n        name\n      }\n    }\n  }\n": types.SignInDocument,
    "\n  mutation SignOut {\n    signOut {\n      redirectUrl\n    }\n  }\n": types.SignOutDocument,
    "\n  fragment UserMenu_user on User {\n    email\n    name\n  }\n": types.UserMenu_UserFragmentDoc,
    "\n  mutation CompleteSetup($input: CompleteSetupInput!) {\n    completeSetup(input: $input) {\n      organization {\n        id\n        slug\n        name\n      }\n      user {\n        id\n        email\n        name\n      }\n    }\n  }\n": types.CompleteSetupDocument,
    "\n  query HomePage {\n    viewer {\n      user {\n        id\n        email\n      }\n      memberships(first: 100) {\n        nodes {\n          id\n          suspended\n          organization {\n            id\n            slug\n          }\n        }\n      }\n    }\n  }\n": types.HomePageDocument,
    "\n  query LinkAccountPage($token: String!) {\n    pendingSsoLink(token: $token) {\n      email\n      organizationName\n      connectionName\n      ...LinkAccountForm_pendingSsoLink\n    }\n  }\n": types.LinkAccountPageDocument,
    "\n  query MembersPage(\n    $slug: String!\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $query: String\n    $role: String\n  ) {\n    organization(slug: $slug) {\n      id\n      viewerMembership {\n        id\n      }\n      ...MemberFilter_organization\n      memberships(first: $first, after: $after, last: $last, before: $before, query: $query, role: $role) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n        ...MembersTable_memberships\n      }\n    }\n  }\n": types.MembersPageDocument,
    "\n  query OrganizationFrame($slug: String!) {\n    viewer {\n      user {\n        id\n        ...UserMenu_user\n      }\n      ...OrganizationSwitcher_viewer\n    }\n    organization(slug: $slug) {\n      id\n      viewerRole {\n        id\n        key\n      }\n      ...Navigation_organization\n    }\n  }\n": types.OrganizationFrameDocument,
    "\n  query SetupPage {\n    setupRequired\n  }\n": types.SetupPageDocument,
    "\n  query SignInPage {\n    setupRequired\n  }\n": types.SignInPageDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MemberFilter_organization on Organization {\n    roles {\n      id\n      key\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment MemberFilter_organization on Organization {\n    roles {\n      id\n      key\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MemberMenu_membership on Membership {\n    id\n    suspended\n    viewerCanSuspend\n    viewerCanRemove\n    user {\n      id\n      name\n      email\n    }\n    organization {\n      id\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment MemberMenu_membership on Membership {\n    id\n    suspended\n    viewerCanSuspend\n    viewerCanRemove\n    user {\n      id\n      name\n      email\n    }\n    organization {\n      id\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MemberRow_membership on Membership {\n    id\n    suspended\n    joinedAt\n    joinMethod\n    lastSignInAt\n    user {\n      id\n      name\n      email\n    }\n    ...RoleSelect_membership\n    ...MemberMenu_membership\n  }\n"): (typeof documents)["\n  fragment MemberRow_membership on Membership {\n    id\n    suspended\n    joinedAt\n    joinMethod\n    lastSignInAt\n    user {\n      id\n      name\n      email\n    }\n    ...RoleSelect_membership\n    ...MemberMenu_membership\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment MembersTable_memberships on MembershipConnection {\n    nodes {\n      id\n      ...MemberRow_membership\n    }\n  }\n"): (typeof documents)["\n  fragment MembersTable_memberships on MembershipConnection {\n    nodes {\n      id\n      ...MemberRow_membership\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment RoleSelect_membership on Membership {\n    id\n    roleSource\n    viewerRestriction\n    user {\n      id\n      name\n      email\n    }\n    role {\n      id\n      key\n      name\n    }\n    assignableRoles {\n      id\n      key\n      name\n    }\n  }\n"): (typeof documents)["\n  fragment RoleSelect_membership on Membership {\n    id\n    roleSource\n    viewerRestriction\n    user {\n      id\n      name\n      email\n    }\n    role {\n      id\n      key\n      name\n    }\n    assignableRoles {\n      id\n      key\n      name\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      membership {\n        id\n        ...MemberRow_membership\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation ChangeMemberRole($input: ChangeMemberRoleInput!) {\n    changeMemberRole(input: $input) {\n      membership {\n        id\n        ...MemberRow_membership\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LeaveOrganization($input: LeaveOrganizationInput!) {\n    leaveOrganization(input: $input) {\n      leftOrganizationId\n    }\n  }\n"): (typeof documents)["\n  mutation LeaveOrganization($input: LeaveOrganizationInput!) {\n    leaveOrganization(input: $input) {\n      leftOrganizationId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation RemoveMember($input: RemoveMemberInput!) {\n    removeMember(input: $input) {\n      removedMembershipId\n    }\n  }\n"): (typeof documents)["\n  mutation RemoveMember($input: RemoveMemberInput!) {\n    removeMember(input: $input) {\n      removedMembershipId\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SetMemberSuspended($input: SetMemberSuspendedInput!) {\n    setMemberSuspended(input: $input) {\n      membership {\n        id\n        ...MemberRow_membership\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SetMemberSuspended($input: SetMemberSuspendedInput!) {\n    setMemberSuspended(input: $input) {\n      membership {\n        id\n        ...MemberRow_membership\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment Navigation_organization on Organization {\n    slug\n    viewerPermissions\n  }\n"): (typeof documents)["\n  fragment Navigation_organization on Organization {\n    slug\n    viewerPermissions\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment OrganizationSwitcher_viewer on Viewer {\n    memberships(first: 100) {\n      nodes {\n        id\n        role {\n          id\n          name\n        }\n        organization {\n          id\n          slug\n          name\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  fragment OrganizationSwitcher_viewer on Viewer {\n    memberships(first: 100) {\n      nodes {\n        id\n        role {\n          id\n          name\n        }\n        organization {\n          id\n          slug\n          name\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OwnersToAsk($slug: String!) {\n    organization(slug: $slug) {\n      id\n      memberships(first: 5, role: \"owner\") {\n        nodes {\n          id\n          suspended\n          user {\n            id\n            name\n            email\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query OwnersToAsk($slug: String!) {\n    organization(slug: $slug) {\n      id\n      memberships(first: 5, role: \"owner\") {\n        nodes {\n          id\n          suspended\n          user {\n            id\n            name\n            email\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CreateOrganization($input: CreateOrganizationInput!) {\n    createOrganization(input: $input) {\n      organization {\n        id\n        slug\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CreateOrganization($input: CreateOrganizationInput!) {\n    createOrganization(input: $input) {\n      organization {\n        id\n        slug\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment LinkAccountForm_pendingSsoLink on PendingSsoLink {\n    email\n    organizationName\n    connectionName\n    viewerIsUser\n    userHasPassword\n  }\n"): (typeof documents)["\n  fragment LinkAccountForm_pendingSsoLink on PendingSsoLink {\n    email\n    organizationName\n    connectionName\n    viewerIsUser\n    userHasPassword\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation LinkSsoIdentity($input: LinkSsoIdentityInput!) {\n    linkSsoIdentity(input: $input) {\n      user {\n        id\n        email\n        name\n      }\n      returnPath\n    }\n  }\n"): (typeof documents)["\n  mutation LinkSsoIdentity($input: LinkSsoIdentityInput!) {\n    linkSsoIdentity(input: $input) {\n      user {\n        id\n        email\n        name\n      }\n      returnPath\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      user {\n        id\n        email\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation SignIn($input: SignInInput!) {\n    signIn(input: $input) {\n      user {\n        id\n        email\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignOut {\n    signOut {\n      redirectUrl\n    }\n  }\n"): (typeof documents)["\n  mutation SignOut {\n    signOut {\n      redirectUrl\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  fragment UserMenu_user on User {\n    email\n    name\n  }\n"): (typeof documents)["\n  fragment UserMenu_user on User {\n    email\n    name\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation CompleteSetup($input: CompleteSetupInput!) {\n    completeSetup(input: $input) {\n      organization {\n        id\n        slug\n        name\n      }\n      user {\n        id\n        email\n        name\n      }\n    }\n  }\n"): (typeof documents)["\n  mutation CompleteSetup($input: CompleteSetupInput!) {\n    completeSetup(input: $input) {\n      organization {\n        id\n        slug\n        name\n      }\n      user {\n        id\n        email\n        name\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query HomePage {\n    viewer {\n      user {\n        id\n        email\n      }\n      memberships(first: 100) {\n        nodes {\n          id\n          suspended\n          organization {\n            id\n            slug\n          }\n        }\n      }\n    }\n  }\n"): (typeof documents)["\n  query HomePage {\n    viewer {\n      user {\n        id\n        email\n      }\n      memberships(first: 100) {\n        nodes {\n          id\n          suspended\n          organization {\n            id\n            slug\n          }\n        }\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query LinkAccountPage($token: String!) {\n    pendingSsoLink(token: $token) {\n      email\n      organizationName\n      connectionName\n      ...LinkAccountForm_pendingSsoLink\n    }\n  }\n"): (typeof documents)["\n  query LinkAccountPage($token: String!) {\n    pendingSsoLink(token: $token) {\n      email\n      organizationName\n      connectionName\n      ...LinkAccountForm_pendingSsoLink\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query MembersPage(\n    $slug: String!\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $query: String\n    $role: String\n  ) {\n    organization(slug: $slug) {\n      id\n      viewerMembership {\n        id\n      }\n      ...MemberFilter_organization\n      memberships(first: $first, after: $after, last: $last, before: $before, query: $query, role: $role) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n        ...MembersTable_memberships\n      }\n    }\n  }\n"): (typeof documents)["\n  query MembersPage(\n    $slug: String!\n    $first: Int\n    $after: String\n    $last: Int\n    $before: String\n    $query: String\n    $role: String\n  ) {\n    organization(slug: $slug) {\n      id\n      viewerMembership {\n        id\n      }\n      ...MemberFilter_organization\n      memberships(first: $first, after: $after, last: $last, before: $before, query: $query, role: $role) {\n        totalCount\n        pageInfo {\n          hasNextPage\n          hasPreviousPage\n          startCursor\n          endCursor\n        }\n        ...MembersTable_memberships\n      }\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query OrganizationFrame($slug: String!) {\n    viewer {\n      user {\n        id\n        ...UserMenu_user\n      }\n      ...OrganizationSwitcher_viewer\n    }\n    organization(slug: $slug) {\n      id\n      viewerRole {\n        id\n        key\n      }\n      ...Navigation_organization\n    }\n  }\n"): (typeof documents)["\n  query OrganizationFrame($slug: String!) {\n    viewer {\n      user {\n        id\n        ...UserMenu_user\n      }\n      ...OrganizationSwitcher_viewer\n    }\n    organization(slug: $slug) {\n      id\n      viewerRole {\n        id\n        key\n      }\n      ...Navigation_organization\n    }\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SetupPage {\n    setupRequired\n  }\n"): (typeof documents)["\n  query SetupPage {\n    setupRequired\n  }\n"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query SignInPage {\n    setupRequired\n  }\n"): (typeof documents)["\n  query SignInPage {\n    setupRequired\n  }\n"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;