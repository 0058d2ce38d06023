/**
 * Changes of schema.graphql since the published one that break clients, each on purpose. `change` is what the test says
 * of it. Emptied when a version is published, whose schema then becomes tests/schema/published.graphql.
 */
export const declaredBreakingChanges: { change: string; why: string }[] = []
