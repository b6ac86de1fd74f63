"""Writes the ONNX files of fixtures/onnx with the onnx package: python models.py FOLDER."""

import sys
from pathlib import Path

import numpy as np
from onnx import TensorProto, checker, helper, numpy_helper, save

FLOAT, INT64 = TensorProto.FLOAT, TensorProto.INT64


def value(name, shape, kind=FLOAT):
    return helper.make_tensor_value_info(name, kind, shape)


def model(graph, **options):
    result = helper.make_model(graph, ir_version=9, **options)
    checker.check_model(result, full_check=True)
    return result


def many_kinds():
    """y = x * scale + shift; attributes and initializers of many kinds."""
    scale = helper.make_tensor("scale", FLOAT, [2], [2.0, -3.0])  # float_data
    shift = numpy_helper.from_array(np.float32([[0.5, 1.5]]), "shift")  # raw_data
    flag = helper.make_tensor("flag", TensorProto.BOOL, [], [True])  # int32_data
    shape = helper.make_tensor("shape", INT64, [2], [-1, 2])  # int64_data
    half = helper.make_tensor("half", TensorProto.FLOAT16, [3], [1.0, 2.0, 3.0])
    then = helper.make_graph([helper.make_node("Identity", ["sum"], ["kept"])], "then", [], [value("kept", None)])
    other = helper.make_graph([helper.make_node("Neg", ["sum"], ["turned"])], "else", [], [value("turned", None)])
    nodes = [
        helper.make_node("Reshape", ["x", "shape"], ["rows"], name="to rows", allowzero=0),
        helper.make_node("Mul", ["rows", "scale"], ["product"]),
        helper.make_node("Add", ["product", "shift"], ["sum"]),
        helper.make_node("If", ["flag"], ["y"], then_branch=then, else_branch=other),
        helper.make_node("Constant", [], ["floats"], value_floats=[1.5, -2.5]),
        helper.make_node("Constant", [], ["ints"], value_ints=[1, -(2**62)]),
        helper.make_node("Constant", [], ["text"], value_string="aé"),
        helper.make_node("Constant", [], ["texts"], value_strings=["a", ""]),
        helper.make_node("Constant", [], ["number"], value_float=0.25),
        helper.make_node("SequenceConstruct", ["x", "y"], ["list"]),
    ]
    outputs = [value("y", ["rows", 2]), helper.make_tensor_sequence_value_info("list", FLOAT, None)]
    graph = helper.make_graph(nodes, "many kinds", [value("x", ["batch", 4])], outputs, [scale, shift, flag, shape, half])
    result = model(graph, opset_imports=[helper.make_opsetid("", 17)], producer_name="a script", producer_version="1.2")
    helper.set_model_props(result, {"author": "nobody", "__proto__": "a name like others"})
    return result


def endless():
    """Counts to 2^40."""
    body = helper.make_graph(
        [
            helper.make_node("Identity", ["going"], ["goes on"]),
            helper.make_node("Add", ["so far", "one"], ["further"]),
        ],
        "body",
        [value("i", [], INT64), value("going", [], TensorProto.BOOL), value("so far", [], INT64)],
        [value("goes on", [], TensorProto.BOOL), value("further", [], INT64)],
    )
    constants = [
        helper.make_tensor("most", INT64, [], [2**40]),
        helper.make_tensor("yes", TensorProto.BOOL, [], [True]),
        helper.make_tensor("one", INT64, [], [1]),
        helper.make_tensor("zero", INT64, [], [0]),
    ]
    loop = helper.make_node("Loop", ["most", "yes", "zero"], ["count"], body=body)
    graph = helper.make_graph([loop], "endless", [], [value("count", [], INT64)], constants)
    return model(graph, opset_imports=[helper.make_opsetid("", 17)])


def bomb():
    """A tensor as long as the number that it is fed."""
    fill = helper.make_node("ConstantOfShape", ["length"], ["ones"], value=helper.make_tensor("", FLOAT, [1], [1.0]))
    squares = helper.make_node("Sqrt", ["ones"], ["y"])
    graph = helper.make_graph([fill, squares], "bomb", [value("length", [1], INT64)], [value("y", ["length"])])
    return model(graph, opset_imports=[helper.make_opsetid("", 17)])


folder = Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for name, make in {"many-kinds": many_kinds, "endless": endless, "bomb": bomb}.items():
    save(make(), folder / f"{name}.onnx")
