"""One side of the benchmark: a step of a network (see steps/network.py) or of a system in PyTorch, driven by JSON lines.

    python step.py NETWORK --clips 16 --frames 64 --joints 25 --threads 2

Each line on the standard input is a request, each line on the standard output its answer:

    {"run": 1}     performs one step; answers {"ms": ..., "loss": ...}; with --loading see loading.py
    {"memory": 1}  answers {"mib": ...}: peak resident memory minus the resident memory after the imports

The first line, {"ready": true}, comes unasked once the network stands.
"""

import argparse
import json
import sys

import torch

from recognizer import NETWORKS
from steps import hiclr, network, smi

SYSTEMS = {'hiclr': hiclr, 'smi': smi}


def status_mib(key):
    """A memory figure of this process in MiB, or None where the system has no /proc."""
    try:
        with open('/proc/self/status') as lines:
            for line in lines:
                if line.startswith(key + ':'):
                    return int(line.split()[1]) / 1024
    except FileNotFoundError:
        pass
    return None


def main():
    parser = argparse.ArgumentParser(description='PyTorch side of the benchmark; speaks JSON lines.')
    parser.add_argument('network', choices=[*NETWORKS, *SYSTEMS])
    parser.add_argument('--clips', type=int, default=16)
    parser.add_argument('--persons', type=int, default=1)
    parser.add_argument('--frames', type=int, default=64)
    parser.add_argument('--joints', type=int, default=25)
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--mode', choices=['train', 'inference'], default='train')
    parser.add_argument('--dropout', action='store_true', help='drop the published shares, where there are any')
    parser.add_argument('--compile', action='store_true', help='through torch.compile; needs a C++ compiler')
    parser.add_argument('--loading', type=int, help='processes of the DataLoader that feeds the steps')
    parser.add_argument('--recorded', type=int, default=300, help='frames of a recorded clip')
    parser.add_argument('--filling', type=int, default=0, help='steps of a run before those whose time counts')
    parser.add_argument('--steps', type=int, default=1, help='steps of a run whose time counts')
    options = parser.parse_args()
    if options.network in SYSTEMS and (options.mode != 'train' or options.loading is not None):
        parser.error(f'{options.network} has neither --mode inference nor --loading')

    after_imports = status_mib('VmRSS')
    torch.set_num_threads(options.threads)
    run = SYSTEMS.get(options.network, network).prepare(options)
    print(json.dumps({'ready': True}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        if 'run' in request:
            ms, loss = run()
            answer = {'ms': ms, 'loss': loss}
        elif 'memory' in request:
            peak = status_mib('VmHWM')
            answer = {'mib': None if peak is None else peak - after_imports}
        else:
            answer = {'error': f'unknown request: {line.strip()}'}
        print(json.dumps(answer), flush=True)


if __name__ == '__main__':
    main()
