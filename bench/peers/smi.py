"""The graph encoder and the iteration of the SMI attack (Lu et al., arXiv 2308.05681; luyg45/HardNoBoxAttack), re-expressed.

Clips are (N, M, T, V, C) here; parameter names are those of the authors. The encoder is one stream of 2s-AGCN.
"""

import torch
from torch import nn
from torch.nn.functional import cosine_similarity, cross_entropy, normalize

from graph import adjacency
from temporal import UnitTcn, normalised_input

# (in, out, stride) of the blocks l1 to l10, in multiples of the width but for the first number.
BLOCKS = [(0, 1, 1), (1, 1, 1), (1, 1, 1), (1, 1, 1), (1, 2, 2), (2, 2, 1), (2, 2, 1), (2, 4, 2), (4, 4, 1), (4, 4, 1)]


class UnitAgcn(nn.Module):
    """Adaptive graph convolution: fixed graph, learned graph, and similarity of the joints."""

    def __init__(self, in_channels, out_channels, A):
        super().__init__()
        subsets, inner = len(A), out_channels // 4
        self.register_buffer('A', A.clone())
        self.PA = nn.Parameter(torch.full_like(A, 1e-6))
        self.conv_a = nn.ModuleList(nn.Conv2d(in_channels, inner, 1) for _ in range(subsets))
        self.conv_b = nn.ModuleList(nn.Conv2d(in_channels, inner, 1) for _ in range(subsets))
        self.conv_d = nn.ModuleList(nn.Conv2d(in_channels, out_channels, 1) for _ in range(subsets))
        if in_channels != out_channels:
            self.down = nn.Sequential(nn.Conv2d(in_channels, out_channels, 1), nn.BatchNorm2d(out_channels))
        else:
            self.down = nn.Identity()
        self.bn = nn.BatchNorm2d(out_channels)
        self.soft = nn.Softmax(-2)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        n, c, t, v = x.shape
        graph, y = self.A + self.PA, None
        for k, conv in enumerate(self.conv_d):
            a = self.conv_a[k](x).permute(0, 3, 1, 2).contiguous().view(n, v, -1)
            b = self.conv_b[k](x).view(n, -1, v)
            joints = self.soft(torch.matmul(a, b) / a.size(-1)) + graph[k]
            z = conv(torch.matmul(x.view(n, c * t, v), joints).view(n, c, t, v))
            y = z if y is None else z + y
        return self.relu(self.bn(y) + self.down(x))


class Block(nn.Module):
    def __init__(self, in_channels, out_channels, A, stride, residual):
        super().__init__()
        self.gcn1 = UnitAgcn(in_channels, out_channels, A)
        self.tcn1 = UnitTcn(out_channels, out_channels, stride=stride)
        self.relu = nn.ReLU(inplace=True)
        self.has_residual = residual
        if residual and (in_channels != out_channels or stride != 1):
            self.residual = UnitTcn(in_channels, out_channels, kernel_size=1, stride=stride)
        else:
            self.residual = nn.Identity()

    def forward(self, x):
        y = self.tcn1(self.gcn1(x))
        return self.relu(y + self.residual(x) if self.has_residual else y)


class GraphEncoder(nn.Module):
    def __init__(self, num_class, num_person=2, in_channels=3, width=64, layout='ntu-rgb+d'):
        super().__init__()
        A = torch.from_numpy(adjacency(layout, 'spatial'))
        self.data_bn = nn.BatchNorm1d(num_person * in_channels * A.size(1))
        self.blocks = len(BLOCKS)
        for i, (before, after, stride) in enumerate(BLOCKS):
            entry = before * width or in_channels
            self.add_module(f'l{i + 1}', Block(entry, after * width, A, stride, residual=i > 0))
        self.fc = nn.Linear(BLOCKS[-1][1] * width, num_class)

    def features(self, x):
        """(N, M, T, V, C) to (N, 4 width)."""
        n, m = x.shape[:2]
        x = normalised_input(x, self.data_bn, together=True)
        for i in range(self.blocks):
            x = getattr(self, f'l{i + 1}')(x)
        return x.view(n, m, x.size(1), -1).mean(3).mean(1)

    def forward(self, x):
        return self.fc(self.features(x))


def shifted(gradient, frames):
    """The gradient of later frames; zeros beyond the end."""
    return torch.cat([gradient[:, :, frames:], torch.zeros_like(gradient[:, :, :frames])], 2)


class Attack:
    """S2MI-FGSM away from the first candidate of each clip. `features` takes clips to vectors."""

    def __init__(self, features, clean, candidates, first, second, step_size=1e-4, budget=0.01, momentum=1.):
        self.features, self.clean, self.candidates = features, clean, candidates
        self.first, self.second = first, second
        self.step_size, self.budget, self.momentum = step_size, budget, momentum
        self.present = (clean != 0).flatten(2).any(2)[:, :, None, None, None]
        self.x, self.total = clean.clone(), torch.zeros_like(clean)

    def iterate(self):
        """Moves the clips once; the objective before that."""
        x = self.x.requires_grad_(True)
        features = normalize(self.features(x), dim=1).unsqueeze(1).repeat(1, self.candidates.size(1), 1)
        similarities = cosine_similarity(features, self.candidates, dim=-1, eps=0.1)
        loss = -cross_entropy(similarities, torch.zeros(len(x), dtype=torch.long))
        gradient, = torch.autograd.grad(loss, x)
        with torch.no_grad():
            gradient = gradient / gradient.abs().mean((1, 2, 3, 4), keepdim=True)
            informed = gradient + self.first * shifted(gradient, 1) + self.second * shifted(gradient, 2)
            self.total = informed + self.momentum * self.total
            moved = x - self.step_size * self.total.sign()
            moved = torch.where(self.present, moved, self.clean)
            moved = torch.where(moved > self.clean + self.budget, self.clean + self.budget, moved)
            self.x = torch.where(moved < self.clean - self.budget, self.clean - self.budget, moved)
        return -loss.item()
