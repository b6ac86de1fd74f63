import { PROJECT_FILE } from './project-file.ts'

/** What the texts of a new project depend on. */
export interface ProjectPlan {
  /** Title of the README. */
  readonly title: string
  /** The recordings, as the project file names them. */
  readonly source: string
  /** Name that the data set gets. */
  readonly name?: string
  /** File of a layout of one's own. */
  readonly layout?: string
  readonly protocol: string
  /** The recordings are the generated ones. */
  readonly generated: boolean
  /** The source is a clip store already: nothing is imported. */
  readonly imported: boolean
}

const STORE = 'store'
const RUN = 'runs/first'

/** The five steps: what a command does and the command. */
export function projectCommands({ imported }: Pick<ProjectPlan, 'imported'>): readonly (readonly [string, string])[] {
  const config = `--config ${PROJECT_FILE}`
  const steps = [
    ['reads the recordings into a clip store, which opens at once', `npx ossature data import ${config}`],
    ['looks for what would silently ruin a training', `npx ossature data check ${config}`],
    ['shows counts, lengths, missing joints, the balance of the classes', `npx ossature data inspect ${config}`],
    ['trains, tests and reports', `npx ossature train ${config}`],
    [`gives accuracies with their intervals; ${RUN}/report.html shows them`, `npx ossature eval ${RUN}`],
  ] as const
  return imported ? steps.slice(1) : steps
}

/** The project file. */
export function projectFileText(plan: ProjectPlan): string {
  const { source, name, layout, protocol, generated, imported } = plan
  const line = (key: string, value: string | undefined, otherwise: string) =>
    value === undefined ? `# ${key}: ${otherwise}` : `${key}: ${text(value)}`
  const about = [
    '# What `ossature ... --config` takes from here; what the command line says wins. Paths are relative to this file.',
    '',
  ]
  const data = imported
    ? ['# The clip store.', `data: ${text(source)}`]
    : [
        '# The recordings: a folder, a zip or a file.',
        `source: ${text(source)}`,
        '# What the data set is called in reports.',
        line('name', name, 'my-recordings'),
        '# A skeleton of your own, where it is none of the published ones.',
        line('layout', layout, 'layout.json'),
        '# How the recordings are read: `npx ossature data readers` lists readers and their options.',
        '# reader: own-folder',
        '# readerOptions:',
        '#   frameRate: 30',
        '# The clip store that `data import` makes. Import again, with --force, when recordings or the lines above change.',
        `data: ${STORE}`,
      ]
  return `${[
    ...about,
    ...data,
    '',
    '# Which clips are tested. folds:performer:1/5: the first of five parts, and nobody is in both parts.',
    '# Others: folds:clip:1/5, leave-out:camera=2, list:train.txt,test.txt, labels (the column split of labels.csv).',
    `protocol: ${text(protocol)}`,
    '',
    '# `npx ossature systems` lists the systems.',
    'system: baseline',
    `out: ${RUN}`,
    '',
    '# `npx ossature systems baseline` lists the options with their defaults.',
    'options:',
    ...(generated ? EXAMPLE_OPTIONS : FIRST_OPTIONS),
  ].join('\n')}\n`
}

/** A small network and a schedule of well under a minute. */
const EXAMPLE_OPTIONS = [
  '  backbone: stgcnpp',
  '  # Small enough for a first look; the default is 64.',
  '  width: 16',
  '  clipLength: 32',
  '  stream: j',
  '  epochs: 16',
  '  learningRate: 0.05',
  '  seed: 0',
]

const FIRST_OPTIONS = [
  '  backbone: stgcnpp',
  '  # Channels of the first block: fewer are faster, 64 is the default.',
  '  width: 32',
  '  # Joints j, bones b, or their motions jm, bm.',
  '  stream: j',
  '  # Frames that the network sees.',
  '  # clipLength: 64',
  '  epochs: 16',
  '  batchSize: 16',
  '  learningRate: 0.05',
  '  seed: 0',
]

/** The project's own README. */
export function projectReadme(plan: ProjectPlan): string {
  const { title, source, generated, imported } = plan
  const origin = generated
    ? [
        `\`${source}/\` holds 20 synthetic clips: motion that a program made, with the joints of Kinect v1. Figures on`,
        'them show that everything works, and say nothing about people. Replace them by your own: a CSV file per clip',
        'with a line per frame and columns `JOINT_x`, `JOINT_y`, `JOINT_z`, and a line per clip in `labels.csv`.',
      ]
    : [`The ${imported ? 'clip store' : 'recordings'}: \`${source}\`.`]
  const steps = projectCommands(plan).map(([what, command]) => `${command}   # ${what}`)
  return `${[
    `# ${title}`,
    '',
    ...origin,
    '',
    'In this folder:',
    '',
    '```',
    ...steps,
    '```',
    '',
    `\`${PROJECT_FILE}\` says what is read, how it is divided and what is trained. A flag of a command wins over it:`,
    '',
    '```',
    `npx ossature train --config ${PROJECT_FILE} --out runs/bones --set stream=b`,
    '```',
    '',
    'A run folder holds the report, the trained network `model.onnx`, the scores of the test clips and all options.',
  ].join('\n')}\n`
}

/** What can be made again is not kept in version control. */
export const PROJECT_GITIGNORE = `${STORE}/\nruns/\n`

/** A text as a YAML scalar; quoted where it would not be read as the same text. */
function text(value: string): string {
  return /^[A-Za-z][\w./:=,-]*$/.test(value) && !/:$/.test(value) && !/^(true|false|null|yes|no|on|off)$/i.test(value)
    ? value
    : JSON.stringify(value)
}
