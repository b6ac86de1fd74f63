"""Writes small pickles in the form of DD-Net's JHMDB files. Usage: python jhmdb.py FOLDER"""

import pickle
import sys
from pathlib import Path

import numpy as np


def pose(frames, first, order="C"):
    values = first + np.arange(frames * 15 * 2, dtype=np.float64).reshape(frames, 15, 2) / 8
    return np.asarray(values, order=order)


walk, run, wave = pose(3, 0), pose(2, 100, "F"), pose(4, 200)
files = {
    "GT_train_1": ([walk, wave], ["walk", "wave"]),
    "GT_test_1": ([run], ["run"]),
    "GT_train_2": ([run, wave], ["run", "wave"]),
    "GT_test_2": ([walk], ["walk"]),
}
for name, (poses, labels) in files.items():
    with open(Path(sys.argv[1]) / f"{name}.pkl", "wb") as file:
        pickle.dump({"pose": poses, "label": labels}, file, protocol=3)
