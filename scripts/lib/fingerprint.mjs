import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { inRoot, root } from './project.mjs'

/**
 * One hash over the names and contents of files. `places` are files and folders below the root; what is missing
 * counts as missing. `skip` gets each path, with forward slashes.
 */
export async function fingerprint(places, skip = () => false) {
  const files = (await Promise.all(places.map((place) => list(inRoot(place))))).flat()
  const named = files.map((file) => ({ file, name: path.relative(root, file).replaceAll(path.sep, '/') }))
  const wanted = named.filter(({ name }) => !skip(name)).sort((a, b) => (a.name < b.name ? -1 : 1))
  const contents = await Promise.all(wanted.map(({ file }) => readFile(file)))
  const hash = createHash('sha256')
  for (const [index, { name }] of wanted.entries()) {
    const content = contents[index]
    hash.update(`${name}\0${content.length}\0`).update(content)
  }
  return `${wanted.length} files, ${hash.digest('hex')}`
}

async function list(place) {
  const found = await stat(place).catch(() => null)
  if (found === null) return []
  if (!found.isDirectory()) return [place]
  const entries = await readdir(place, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
}
