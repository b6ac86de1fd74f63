import { z } from 'zod'
import { OssatureError } from '../../errors.ts'
import { decodeText } from '../../files/decode-text.ts'
import { readFileBytes } from '../../files/file-tree.ts'
import { parseJson } from '../../files/json.ts'
import { formatYamlOptions, parseYamlOptions } from '../../files/yaml-options.ts'

const names = z.array(z.string().min(1))

const schema = z.strictObject({
  /** Where the list comes from, for people; nothing follows from these four. */
  dataset: z.string().optional(),
  protocol: z.string().optional(),
  seed: z.int().min(0).optional(),
  cut: z.string().optional(),
  /** The classes that the list is about, see `ClassChoice`; without it all classes as they are. */
  classes: z.union([z.string().min(1), names.min(1)]).optional(),
  /** Nobody may be in both parts. */
  crossSubject: z.boolean().optional(),
  train: names.min(1),
  /** Without it every clip that does not train. */
  test: names.min(1).optional(),
})

/** Names of training and test clips, with what they come from. */
export type ListFile = z.infer<typeof schema>

/** Whether a path is that of a YAML or JSON list; others hold one name per line. */
export function isListFile(path: string): boolean {
  return /\.(ya?ml|json)$/i.test(path)
}

/** @throws OssatureError when the file cannot be read or is not a list, naming the entry */
export function readListFile(path: string): ListFile {
  const bytes = readFileBytes(path)
  const content = isJson(path) ? parseJson(bytes, path) : parseYamlOptions(decodeText(bytes, path), path)
  const parsed = schema.safeParse(content)
  if (parsed.success) return parsed.data
  const { path: place, message } = parsed.error.issues[0]
  throw new OssatureError('the file is no list of clips', {
    where: [path, place.join('.')].filter((part) => part !== '').join(', '),
    expected: 'names of clips under train and, if they are not all others, under test',
    found: message,
    hint: 'A name that looks like a number needs quotes.',
  })
}

/** The text of a list file: JSON where the path ends in `.json`, else YAML. @throws OssatureError for another ending */
export function formatListFile(list: ListFile, path: string): string {
  if (!isListFile(path)) {
    throw new OssatureError('the name of the list has another ending', {
      where: path,
      expected: '.yaml, .yml or .json',
    })
  }
  return isJson(path) ? `${JSON.stringify(list, null, 1)}\n` : formatYamlOptions(list)
}

const isJson = (path: string) => /\.json$/i.test(path)
