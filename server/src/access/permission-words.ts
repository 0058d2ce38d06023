import type { Permission } from './permission.ts'

/** What a permission allows, for whoever puts it into a role. */
export type PermissionWords = {
  group: string
  name: string
  description: string
  /** Another permission without which this one is of no use; null for none. */
  requires: Permission | null
}

/** Every permission in plain words, in the order in which they are offered. */
export const permissionWords: Record<Permission, PermissionWords> = {
  'organization:read': {
    group: 'Organization',
    name: 'See the organization',
    description: 'Its name and its roles. Every role includes it.',
    requires: null,
  },
  'member:read': {
    group: 'Members',
    name: 'See members',
    description: 'The list of members with their roles and when they signed in last.',
    requires: 'organization:read',
  },
  'member:invite': {
    group: 'Members',
    name: 'Invite people',
    description: 'Invite people by e-mail address to a role that allows no more than their own.',
    requires: 'member:read',
  },
  'member:changeRole': {
    group: 'Members',
    name: 'Change roles of members',
    description: 'Give members another role, never one that allows more than their own.',
    requires: 'member:read',
  },
  'member:suspend': {
    group: 'Members',
    name: 'Suspend members',
    description: 'Shut members out and let them in again; end their sessions.',
    requires: 'member:read',
  },
  'member:remove': {
    group: 'Members',
    name: 'Remove members',
    description: 'End the membership of others.',
    requires: 'member:read',
  },
  'role:manage': {
    group: 'Members',
    name: 'Manage roles',
    description: 'Make, change and delete custom roles, with permissions of their own at most.',
    requires: 'member:read',
  },
  'sso:read': {
    group: 'Single sign-on',
    name: 'See single sign-on',
    description: 'Connections, domains, certificates, sign-in attempts and how long sessions last.',
    requires: 'organization:read',
  },
  'sso:manage': {
    group: 'Single sign-on',
    name: 'Manage single sign-on',
    description:
      'Change connections, domains and session times, and require single sign-on. Whoever decides how people come in can come in as anybody: give it as carefully as the role of an owner.',
    requires: 'sso:read',
  },
  'accessToken:read': {
    group: 'Access tokens',
    name: 'See access tokens',
    description: 'The list of access tokens, never a secret.',
    requires: 'organization:read',
  },
  'accessToken:manage': {
    group: 'Access tokens',
    name: 'Manage access tokens',
    description: 'Make access tokens with at most their own permissions, and revoke any.',
    requires: 'accessToken:read',
  },
  'auditEvent:read': {
    group: 'Audit log',
    name: 'See the audit log',
    description: 'Who did what and when, e-mail addresses and IP addresses included.',
    requires: 'organization:read',
  },
}
