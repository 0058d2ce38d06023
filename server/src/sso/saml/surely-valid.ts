import type { CanonicalElement } from './canonical-text.ts'
import { ds, saml, samlp, xenc, xsi } from './names.ts'
import { type ElementType, schemaTable } from './schema-table.ts'
import { ncName } from './simple-types.ts'

const schema = 'http://www.w3.org/2001/XMLSchema'
const roots = new Set(['Response', 'LogoutRequest', 'LogoutResponse'].map((name) => `{${samlp}}${name}`))
const attributeValue = `{${saml}}AttributeValue`
/** Whose attributes the schemas, or the validator itself, may know. */
const known = [saml, samlp, ds, xenc, xsi, schema].map((namespace) => `{${namespace}}`)

/** A value that says it is text, and is. */
function isString({ attributes, children, scope }: CanonicalElement): boolean {
  const [prefix = '', name, ...more] = (attributes.get(`{${xsi}}type`) ?? '').split(':')
  return (
    attributes.size === 1 &&
    children.length === 0 &&
    name === 'string' &&
    more.length === 0 &&
    scope.find(prefix) === schema
  )
}

/** @param ids those of the elements before; this one's is added. */
function hasValidAttributes({ attributes }: CanonicalElement, type: ElementType, ids: Set<string>): boolean {
  for (const name of type.required) if (!attributes.has(name)) return false
  for (const [name, value] of attributes) {
    const simple = type.attributes.get(name)
    if (simple === 'ID') {
      if (!ncName(value) || ids.has(value)) return false
      ids.add(value)
    } else if (simple === undefined) {
      if (!type.takesOthers || !name.startsWith('{') || known.some((namespace) => name.startsWith(namespace)))
        return false
    } else if (!simple(value)) return false
  }
  return true
}

/** True when the children are of these names, in this order, as often. */
function follow(children: readonly CanonicalElement[], parts: ElementType['children'][number]): boolean {
  let at = 0
  for (const { least, most, names } of parts) {
    const end = Math.min(at + most, children.length)
    const start = at
    let found = ''
    for (let child = children[at]; child !== undefined && at < end; child = children[++at]) {
      // Most are called as the one before, and then nothing need be looked up.
      if (child.fullName !== found && !names.has(child.fullName)) break
      found = child.fullName
    }
    if (at - start < least) return false
  }
  return at === children.length
}

function hasValidChildren({ children }: CanonicalElement, type: ElementType, ids: Set<string>): boolean {
  if (!type.children.some((parts) => follow(children, parts))) return false
  for (const child of children) if (!isElementValid(child, ids)) return false
  return true
}

function isElementValid(element: CanonicalElement, ids: Set<string>): boolean {
  const { fullName, attributes, children, text } = element
  const type = schemaTable.get(fullName)
  if (type === undefined) return false
  if (attributes.size === 0) {
    if (type.required.length > 0) return false
  } else if (fullName === attributeValue) return isString(element)
  else if (!hasValidAttributes(element, type, ids)) return false
  return type.text(text) && (children.length === 0 ? type.mayBeChildless : hasValidChildren(element, type, ids))
}

/**
 * True when the document is valid for sure against the schemas of SAML 2.0 and XML Signature. False says nothing: it may
 * be valid all the same, and why it is not the validator has to say.
 */
export const isSurelyValid = (root: CanonicalElement): boolean =>
  roots.has(root.fullName) && isElementValid(root, new Set())
