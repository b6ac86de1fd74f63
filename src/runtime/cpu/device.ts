import type { Variable } from '../../tensor/index.ts'
import { OnnxRuntimeDevice } from '../onnxruntime-device.ts'
import { DoubleBuffer } from '../onnxruntime-state.ts'
import type { Pass } from '../pass.ts'
import { Turns } from '../turns.ts'
import { blockSize } from './block-size.ts'
import { DENORMALS_AS_ZERO, type OnnxRuntime, onnxRuntime } from './onnxruntime.ts'
import { cpuPasses, REFUSED_OPTIMIZERS } from './passes.ts'

export interface CpuOptions {
  /** Threads inside one operator; 0 lets the runtime take one per core. */
  readonly threads?: number
  /**
   * Let threads that wait for work spin instead of sleep, false by default. Faster where the process has the machine to
   * itself; on a shared machine a spinning thread starves everyone, itself included.
   */
  readonly spinning?: boolean
  /** Rewrites applied before a graph is handed to the runtime. */
  readonly passes?: readonly Pass[]
  /** Folder and prefix of an operator profile to write, for `npm run bench`. */
  readonly profile?: string
}

/** The CPU provider of ONNX Runtime in this process. */
export class CpuDevice extends OnnxRuntimeDevice {
  readonly runtime: OnnxRuntime

  /** @throws OssatureError when ONNX Runtime is missing or broken */
  constructor(options: CpuOptions = {}) {
    const runtime = onnxRuntime()
    const { threads = 0, spinning = false, passes, profile } = options
    super({
      name: 'cpu',
      runtime,
      passes: async () => passes ?? cpuPasses(await blockSize(runtime)),
      refusedOptimizers: REFUSED_OPTIMIZERS,
      turns: new Turns(),
      createState: (variable: Variable) => new DoubleBuffer(variable, runtime),
      sessionOptions: {
        executionProviders: ['cpu'],
        // The passes did what higher levels could, and their fusions assume constant weights.
        graphOptimizationLevel: 'basic',
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        // Same speed, and 40 % less memory at the peak.
        enableMemPattern: false,
        extra: { session: { ...DENORMALS_AS_ZERO, intra_op: { allow_spinning: spinning ? '1' : '0' } } },
        enableProfiling: profile !== undefined,
        profileFilePrefix: profile,
        logSeverityLevel: 3,
      },
    })
    this.runtime = runtime
  }
}
