"""One side of the benchmark: a training step (or the inference of one clip) in PyTorch, driven by JSON lines.

    python step.py NETWORK --clips 16 --frames 64 --joints 25 --threads 2

Each line on the standard input is a request, each line on the standard output its answer:

    {"run": 1}     performs one step; answers {"ms": ..., "loss": ...}; with --loading see loading.py
    {"memory": 1}  answers {"mib": ...}: peak resident memory minus the resident memory after the imports

The first line, {"ready": true}, comes unasked once the network stands.
"""

import argparse
import json
import sys
import time

import torch
from torch.nn.functional import cross_entropy

import fill
import loading
from recognizer import NETWORKS, build

CLASSES = 60
# Small, so that rounding does not drive the two sides apart within the steps whose losses are compared.
LEARNING_RATE = 0.0005


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


def training(model, keypoint, target):
    optimizer = torch.optim.SGD(
        model.parameters(), lr=LEARNING_RATE, momentum=0.9, nesterov=True, weight_decay=5e-4)
    model.train()

    def run():
        start = time.perf_counter()
        optimizer.zero_grad(set_to_none=True)
        loss = cross_entropy(model(keypoint), target)
        loss.backward()
        optimizer.step()
        value = loss.item()
        return (time.perf_counter() - start) * 1000, value

    return run


def inference(model, keypoint, target):
    model.eval()

    @torch.inference_mode()
    def run():
        start = time.perf_counter()
        scores = model(keypoint)
        elapsed = (time.perf_counter() - start) * 1000
        return elapsed, cross_entropy(scores, target).item()

    return run


def prepare(options):
    torch.set_num_threads(options.threads)
    model = build(options.network, options.joints, options.persons, CLASSES)
    fill.fill(model, keep=buffers_of_the_graph(model))
    if options.loading is not None:
        return loading.training(model, options, CLASSES, LEARNING_RATE)
    clips = options.clips if options.mode == 'train' else 1
    shape = (clips, options.persons, options.frames, options.joints, 3)
    keypoint = torch.from_numpy(fill.signal('bench.keypoint', shape))
    target = torch.from_numpy(fill.labels('bench.label', clips, CLASSES))
    run = torch.compile(model) if options.compile else model
    return (training if options.mode == 'train' else inference)(run, keypoint, target)


def buffers_of_the_graph(model):
    return [name for name, _ in model.named_buffers() if name.split('.')[-1] == 'A']


def main():
    parser = argparse.ArgumentParser(description='PyTorch side of the benchmark; speaks JSON lines.')
    parser.add_argument('network', choices=list(NETWORKS))
    parser.add_argument('--clips', type=int, default=16)
    parser.add_argument('--persons', type=int, default=1)
    parser.add_argument('--frames', type=int, default=64)
    parser.add_argument('--joints', type=int, default=25)
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--mode', choices=['train', 'inference'], default='train')
    parser.add_argument('--compile', action='store_true', help='through torch.compile; needs a C++ compiler')
    parser.add_argument('--loading', type=int, help='processes of the DataLoader that feeds the steps')
    parser.add_argument('--recorded', type=int, default=300, help='frames of a recorded clip')
    parser.add_argument('--filling', type=int, default=0, help='steps of a run before those whose time counts')
    parser.add_argument('--steps', type=int, default=1, help='steps of a run whose time counts')
    options = parser.parse_args()

    after_imports = status_mib('VmRSS')
    run = prepare(options)
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
