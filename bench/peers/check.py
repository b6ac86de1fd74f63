"""Compares the PyTorch peers with the project's numeric fixtures.

    python check.py DIR

walks DIR for files of the systems and kinds in PREPARE, fills the network by name, and compares outputs of both modes,
inner modules, features, losses, gradients and running statistics; of the SMI attack the graph, too. Files of networks
without a peer are skipped.
"""

import json
import pathlib
import sys

import numpy as np
import torch
from torch.nn.functional import cross_entropy

import fill
from graph import adjacency
from recognizer import BACKBONES, RecognizerGCN
from skateformer import SkateFormer
from smi import GraphEncoder

OUTPUT = 1e-4
GRADIENT = 1e-2  # deep networks with ReLU: a unit that flips at rounding level moves a gradient by this much


class Checks:
    def __init__(self):
        self.passed = self.failed = 0

    def record(self, what, deviation, accept):
        if deviation <= accept:
            self.passed += 1
        else:
            self.failed += 1
            print(f'  {what}: deviation {deviation:.3g}, accepted {accept:.3g}')

    def equal(self, what, actual, expected):
        self.record(f'{what} (found {actual!r}, expected {expected!r})', 0 if actual == expected else np.inf, 0)


def deviation(actual, expected):
    """Largest relative deviation from a digest, a full tensor or a number."""
    actual = actual.detach().double().numpy() if isinstance(actual, torch.Tensor) else np.asarray(actual, np.float64)
    if not isinstance(expected, dict):
        return abs(float(actual) - expected) / max(abs(expected), 1e-30)
    if list(actual.shape) != expected['shape'] or not np.isfinite(actual).all():
        return np.inf
    flat = actual.reshape(-1)
    if 'values' in expected:
        values = np.asarray(expected['values'], np.float64)
        return np.abs(flat - values).max() / max(np.abs(values).max(), 1e-30)
    head, l2 = np.asarray(expected['head'], np.float64), expected['l2']
    scale = max(l2 / np.sqrt(flat.size), np.abs(head).max(), 1e-30)
    return max(
        abs(np.linalg.norm(flat) - l2) / max(l2, 1e-30),
        np.abs(flat[:head.size] - head).max() / scale,
        abs(flat.sum() - expected['sum']) / max(np.sqrt(flat.size) * l2, 1e-30))


def array(rule):
    """The array of an input rule that the networks' fixtures use."""
    if 'labels' in rule:
        return torch.from_numpy(fill.labels(rule['labels'], rule['n'], rule['classes']))
    if 'signal' in rule:
        return torch.from_numpy(fill.signal(rule['signal'], rule['shape'], rule.get('scale', 1.0)))
    return torch.tensor(rule['values'], dtype=torch.float32).reshape(rule['shape'])


def backbone(config, inputs):
    return RecognizerGCN(config['backbone'], config['cls_head']), [array(inputs['keypoint'])], 0


def skateformer(config, inputs):
    options = {key: value for key, value in config.items() if key != 'loss'}
    return SkateFormer(**options), [array(inputs['x']), array(inputs['index_t'])], config['loss']['smoothing']


def graph_encoder(config, inputs):
    clips = array(inputs['x']).permute(0, 4, 2, 3, 1).contiguous()
    return GraphEncoder(config['num_class'], config['num_person'], config.get('in_channels', 3)), [clips], 0


# By system and kind: the network, its inputs, and the share of the target that the loss spreads over all classes.
PREPARE = {
    ('backbones', 'network'): backbone, ('skateformer', 'network'): skateformer,
    ('smi-attack', 'graph-encoder'): graph_encoder}
# Buffers that stay as built where the file does not say so.
KEEP = {'smi-attack': ['A']}


def has_peer(fixture):
    return fixture['system'] != 'backbones' or fixture['config']['backbone']['type'] in BACKBONES


def forward(model, inputs, watched):
    """Scores, and the outputs of the watched inner modules."""
    outputs = {}
    hooks = [
        model.get_submodule(name).register_forward_hook(
            # Copies, because the ReLU that follows works in place.
            lambda _, __, output, name=name: outputs.__setitem__(name, output.detach().clone()))
        for name in watched]
    scores = model(*inputs)
    for hook in hooks:
        hook.remove()
    return scores, outputs


def check_mode(checks, model, mode, inputs, loss_of, expected, accept):
    model.train(mode == 'train')
    scores, outputs = forward(model, inputs, expected.get('modules', {}))
    loss = loss_of(scores)
    wanted = expected['output' if 'output' in expected else 'logits']
    checks.record(f'{mode} output', deviation(scores, wanted), accept)
    if 'features' in expected:
        checks.record(f'{mode} features', deviation(model.features(*inputs), expected['features']), accept)
    if 'loss' in expected:
        checks.record(f'{mode} loss', deviation(loss.item(), expected['loss']), accept)
    for name, digest in expected.get('modules', {}).items():
        checks.record(f'{mode} {name}', deviation(outputs[name], digest), accept)
    return loss


def check_gradients(checks, model, expected, accept):
    listed = np.sqrt(sum(digest['l2'] ** 2 for digest in expected['gradients'].values()))
    total, zero = expected.get('gradient_norm_total', listed), set(expected.get('gradients_zero', []))
    gradients = {name: parameter.grad for name, parameter in model.named_parameters()}
    norm = np.sqrt(sum(float(g.double().square().sum()) for g in gradients.values() if g is not None))
    checks.record('norm of all gradients', deviation(norm, total), accept)
    for name in zero:
        checks.record(f'gradient {name} (zero)', float(gradients[name].norm()) / total, 1e-5)
    for name, digest in expected['gradients'].items():
        if name in zero or digest['l2'] < 1e-6 * total:
            checks.record(f'gradient {name} (zero)', float(gradients[name].norm()) / total, 1e-5)
        else:
            checks.record(f'gradient {name}', deviation(gradients[name], digest), accept)


def check(checks, fixture):
    config, expected = fixture['config'], fixture['expected']
    system = fixture['system']
    model, inputs, smoothing = PREPARE[system, fixture['kind']](config, fixture['inputs'])
    trained = [[name, list(tensor.shape)] for name, tensor in model.named_parameters()]
    checks.equal('number of parameters', sum(p.numel() for p in model.parameters()), fixture['parameters']['count'])
    wanted = {name: shape for name, shape in fixture['parameters']['tensors']}
    found = dict(trained)
    differing = sorted(name for name in wanted | found if wanted.get(name) != found.get(name))
    checks.equal('parameter names and shapes that differ', differing, [])
    fill.fill(model, keep=config.get('keep', KEEP.get(system, [])))

    label_rule = fixture['inputs']['labels']
    target = array(label_rule)
    checks.equal('labels', target.tolist(), label_rule.get('values', target.tolist()))

    def loss_of(scores):
        return cross_entropy(scores, target, label_smoothing=smoothing)

    tolerance = fixture.get('tolerance', {})
    accept = tolerance.get('relative', OUTPUT)
    with torch.no_grad():
        check_mode(checks, model, 'eval', inputs, loss_of, expected['eval'], accept)
    loss = check_mode(checks, model, 'train', inputs, loss_of, expected['train'], accept)
    loss.backward()
    check_gradients(checks, model, expected, GRADIENT)
    buffers = dict(model.named_buffers())
    for name, value in {**expected.get('buffers_after', {}), **expected['train'].get('buffers_after', {})}.items():
        checks.record(f'{name} after the step', deviation(buffers[name], value), accept)


def check_graph(checks, fixture):
    graph = adjacency('ntu-rgb+d', fixture['config']['labeling_mode'])
    checks.record('graph', deviation(graph, fixture['expected']['A']), 1e-6)


def check_of(fixture):
    """What checks a fixture; None where nothing here does."""
    key = (fixture.get('system'), fixture.get('kind')) if isinstance(fixture, dict) else None
    return check_graph if key == ('smi-attack', 'graph') else check if key in PREPARE else None


def main():
    if len(sys.argv) != 2:
        sys.exit('usage: python check.py DIR')
    torch.set_num_threads(2)
    checks, skipped = Checks(), 0
    for path in sorted(pathlib.Path(sys.argv[1]).rglob('*.json')):
        fixture = json.loads(path.read_text())
        checked_by = check_of(fixture)
        if not checked_by:
            continue
        if not has_peer(fixture):
            skipped += 1
            continue
        before = checks.failed
        checked_by(checks, fixture)
        print(f'{"ok  " if checks.failed == before else "FAIL"} {path.name}')
    if skipped:
        print(f'{skipped} files of networks without a PyTorch peer skipped')
    print(f'{checks.passed} passed, {checks.failed} failed')
    sys.exit(1 if checks.failed or not checks.passed else 0)


if __name__ == '__main__':
    main()
