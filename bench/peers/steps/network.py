"""A training step of a network, or the inference of one clip."""

import time

import torch
from torch.nn.functional import cross_entropy

import fill
import loading
from recognizer import build

CLASSES = 60
# Small, so that rounding does not drive the two sides apart within the steps whose losses are compared.
LEARNING_RATE = 0.0005


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
    model = build(options.network, options.joints, options.persons, CLASSES, options.dropout)
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
