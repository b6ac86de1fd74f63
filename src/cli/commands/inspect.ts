import type { Command } from 'commander'
import { readFileBytes } from '../../files/file-tree.ts'
import { type OnnxModel, type OnnxValue, readOnnx } from '../../tensor/index.ts'

/** `ossature inspect FILE`. */
export function addInspectCommand(root: Command): void {
  root
    .command('inspect')
    .description('show what an ONNX file takes, gives and consists of, without running it')
    .argument('<file>', 'path of an .onnx file, from here or elsewhere')
    .option('--json', 'print JSON instead of text')
    .action((file: string, { json = false }: { json?: boolean }) => {
      const model = readOnnx(readFileBytes(file), file)
      process.stdout.write(`${json ? JSON.stringify(summary(model)) : shown(model)}\n`)
    })
}

function summary(model: OnnxModel) {
  const { irVersion, producer, opsets, metadata, inputs, outputs, nodes, initializers } = model
  const values = initializers.reduce((total, { shape }) => total + shape.reduce((size, n) => size * n, 1), 0)
  const operators = Object.fromEntries(
    counts(nodes.map(({ operator, domain }) => (domain ? `${domain}.${operator}` : operator))),
  )
  return {
    irVersion,
    producer,
    opsets,
    metadata: Object.fromEntries(metadata),
    inputs,
    outputs,
    nodes: nodes.length,
    operators,
    initializers: initializers.length,
    values,
  }
}

/** How often every text stands, the most frequent first. */
function counts(texts: readonly string[]): [string, number][] {
  const found = new Map<string, number>()
  for (const text of texts) found.set(text, (found.get(text) ?? 0) + 1)
  return [...found].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
}

function shown(model: OnnxModel): string {
  const { irVersion, producer, opsets, metadata, inputs, outputs, nodes, operators, initializers, values } =
    summary(model)
  const sets = opsets.map(({ domain, version }) => `${domain || 'standard'} ${version}`)
  return [
    `ONNX, format ${irVersion}, operators ${sets.join(', ')}${producer ? `, by ${producer}` : ''}`,
    '',
    ...inputs.map((value) => `input   ${valueText(value)}`),
    ...outputs.map((value) => `output  ${valueText(value)}`),
    '',
    `${nodes} nodes: ${Object.entries(operators)
      .map(([name, count]) => `${count} ${name}`)
      .join(', ')}`,
    `${initializers} initializers with ${values.toLocaleString('en')} values`,
    ...Object.entries(metadata).map(([key, value]) => `metadata ${key}: ${value}`),
  ].join('\n')
}

function valueText({ name, type, shape }: OnnxValue): string {
  return `${name}: ${type}${shape ? `[${shape.map((length) => length ?? '?').join(', ')}]` : ''}`
}
