"""Export for fast serving: an encoder's folder gets an ONNX graph with weights of eight bits.

    python -m index.training.export FOLDER

Matrix products have int8 weights with one scale an output, and their inputs are quantised as they come, with one scale
a text. A few inputs are twenty times as large as the rest and would coarsen it, so each input is first divided by a
factor that the weights are multiplied by, which changes no product (SmoothQuant, arXiv:2211.10438). The word embeddings
have one scale a word. Variants that were tried, with their loss: docs/evaluation/encoder-serving.md.
"""

import argparse
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, cast

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn
from transformers import PreTrainedTokenizerBase

from index.encoder import ONNX_FILE
from index.errors import IndexingError
from index.onnx_encoder import NO_TELEMETRY
from index.training.corpus import OWN_PAIRS

# The first with an operator for GELU, and the one whose operators the quantiser knows.
OPSET = 20
# How much of the range is moved from the inputs to the weights, of .5 to 1: docs/evaluation/encoder-serving.md.
MOVED = 0.8
# The last product of so many layers, of the four that each has, stays in float32: half of all that is lost, lies there.
EXACT_LAYERS = 2
PRODUCTS_OF_LAYER = 4
# The factors come from the inputs of so many everyday sentences in each language.
SEEN_SENTENCES = 200
HIDDEN_PADDING = -10_000.0
TINY = 1e-5
WORDS = "word_embeddings"


class _SelfAttention(Protocol):
    """What is used of transformers' BertSelfAttention."""

    query: nn.Linear
    key: nn.Linear
    value: nn.Linear
    num_attention_heads: int


class JoinedAttention(nn.Module):
    """Self-attention with one matrix product for query, key and value."""

    def __init__(self, attention: _SelfAttention) -> None:
        super().__init__()
        parts = (attention.query, attention.key, attention.value)
        width = attention.query.in_features
        self.heads = attention.num_attention_heads
        self.projection = nn.Linear(width, 3 * width)
        self.projection.weight = nn.Parameter(torch.cat([part.weight for part in parts]))
        self.projection.bias = nn.Parameter(torch.cat([part.bias for part in parts]))

    def forward(self, hidden_states: Tensor, attention_mask: Tensor, **_: object) -> tuple[Tensor, None]:
        """The heads' outputs side by side, and in place of the attention weights nothing."""
        batch, length, width = hidden_states.shape
        joined = self.projection(hidden_states).view(batch, length, 3, self.heads, width // self.heads)
        query, key, value = joined.permute(2, 0, 3, 1, 4).unbind(0)
        scores = query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5 + attention_mask
        context = torch.softmax(scores, dim=-1) @ value
        return context.transpose(1, 2).reshape(batch, length, width), None


class Smoothed(nn.Module):
    """A linear layer whose inputs are divided by a factor each, and whose weights are multiplied by it."""

    def __init__(self, layer: nn.Linear, largest: Tensor) -> None:
        """`largest`: the largest size of each input that was seen, shape (inputs,)."""
        super().__init__()
        weights = layer.weight.detach().abs().amax(dim=0)
        factors = largest.clamp(min=TINY) ** MOVED / weights.clamp(min=TINY) ** (1 - MOVED)
        self.layer = layer
        self.layer.weight = nn.Parameter(layer.weight.detach() * factors)
        self.shrinking = nn.Parameter(1 / factors)

    def forward(self, inputs: Tensor) -> Tensor:
        """What the layer gave before."""
        outputs: Tensor = self.layer(inputs * self.shrinking)
        return outputs


class PooledBert(nn.Module):
    """A BERT body, the mean of its output over the text's tokens, and that brought to length 1."""

    def __init__(self, bert: nn.Module) -> None:
        super().__init__()
        self.bert = bert

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Unit vectors, shape (texts, dimensions)."""
        seen = attention_mask.to(torch.float32)
        hidden = self.bert(input_ids=input_ids, attention_mask=(1.0 - seen)[:, None, None, :] * HIDDEN_PADDING)
        mean: Tensor = (hidden.last_hidden_state * seen[:, :, None]).sum(1) / seen.sum(1, keepdim=True)
        return nn.functional.normalize(mean, dim=1)


def export_onnx(folder: Path) -> Path:
    """Write the int8 graph of a sentence-transformers folder into it, and give its path.

    The model must be a BERT body with mean pooling and normalisation. Raises IndexingError for another one.
    """
    model = _sentence_transformer(folder)
    body = _pooled_bert(model)
    _smooth(body, model.tokenizer)
    graph = _graph(body)
    _quantise_words(graph)
    path = folder / ONNX_FILE
    path.parent.mkdir(exist_ok=True)
    _save_quantised(graph, path)
    return path


def _sentence_transformer(folder: Path) -> SentenceTransformer:
    options = {"dtype": torch.float32, "attn_implementation": "eager"}
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True, model_kwargs=options).eval()
    stages = [type(stage).__name__ for stage in model]
    if stages != ["Transformer", "Pooling", "Normalize"] or model[1].pooling_mode not in ("mean", ("mean",)):
        raise IndexingError(f"{folder}: only a BERT body with mean pooling and normalisation can be exported: {stages}")
    return model


def _pooled_bert(model: SentenceTransformer) -> PooledBert:
    bert = model[0].auto_model
    for layer in bert.encoder.layer:
        layer.attention.self = JoinedAttention(cast(_SelfAttention, layer.attention.self))
    return PooledBert(bert).eval()


def _smooth(body: PooledBert, tokenizer: PreTrainedTokenizerBase) -> None:
    """Put a smoothed layer in the place of each matrix product."""
    layers = {name: module for name, module in body.named_modules() if isinstance(module, nn.Linear)}
    layers = {name: module for name, module in layers.items() if ".encoder." in name}
    largest = _largest_inputs(body, layers, tokenizer)
    for name, layer in layers.items():
        parent, _, attribute = name.rpartition(".")
        setattr(body.get_submodule(parent), attribute, Smoothed(layer, largest[name]))


def _largest_inputs(
    body: PooledBert, layers: dict[str, nn.Linear], tokenizer: PreTrainedTokenizerBase
) -> dict[str, Tensor]:
    """The largest size of each input of the layers on everyday sentences."""
    largest = {name: torch.zeros(layer.in_features) for name, layer in layers.items()}

    def watch(name: str) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def see(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            largest[name] = torch.maximum(largest[name], inputs[0].detach().abs().flatten(0, -2).amax(dim=0))

        return see

    hooks = [layer.register_forward_pre_hook(watch(name)) for name, layer in layers.items()]
    with torch.no_grad():
        for text in _everyday_sentences():
            tokens = tokenizer(text, return_tensors="pt", truncation=True)
            body(tokens["input_ids"], tokens["attention_mask"])
    for hook in hooks:
        hook.remove()
    return largest


def _everyday_sentences() -> list[str]:
    """Sentences in both languages, evenly from all of the project's own."""
    rows = [line for path in sorted(OWN_PAIRS.glob("*.tsv")) for line in path.read_text(encoding="utf-8").splitlines()]
    step = max(1, len(rows) // SEEN_SENTENCES)
    return [text for row in rows[::step] for text in row.split("\t")[:2]]


def _graph(model: PooledBert) -> onnx.ModelProto:
    """The float32 graph; texts and tokens of a batch are of any number."""
    example = torch.ones(2, 9, dtype=torch.int64)
    shape = {0: torch.export.Dim("texts"), 1: torch.export.Dim("tokens", max=256)}
    program = torch.onnx.export(
        model,
        (example, torch.ones_like(example)),  # one tensor twice would be taken for one input
        input_names=["input_ids", "attention_mask"],
        output_names=["sentence_embedding"],
        dynamic_shapes=(shape, shape),
        opset_version=OPSET,
        dynamo=True,
        verbose=False,
    )
    assert program is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "float32.onnx"
        program.save(path, external_data=False)
        return onnx.load(path)


def _quantise_words(model: onnx.ModelProto) -> None:
    """Word embeddings in eight bits, with a scale a word: one scale for all would lose the rare words' small values."""
    graph = model.graph
    lookup = next(node for node in graph.node if node.op_type == "Gather" and WORDS in node.input[0])
    table = next(tensor for tensor in graph.initializer if tensor.name == lookup.input[0])
    values = numpy_helper.to_array(table)
    scales = np.maximum(np.abs(values).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
    rows = np.rint(values / scales).astype(np.int8)
    place, ids = list(graph.node).index(lookup), lookup.input[1]
    nodes = [
        helper.make_node("Gather", ["words.rows", ids], ["words.row"]),
        helper.make_node("Cast", ["words.row"], ["words.float"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["words.scales", ids], ["words.scale"]),
        helper.make_node("Mul", ["words.float", "words.scale"], [lookup.output[0]]),
    ]
    graph.node.remove(lookup)
    graph.initializer.remove(table)
    graph.initializer.append(numpy_helper.from_array(rows, "words.rows"))
    graph.initializer.append(numpy_helper.from_array(scales, "words.scales"))
    for offset, node in enumerate(nodes):
        graph.node.insert(place + offset, node)


def _save_quantised(graph: onnx.ModelProto, path: Path) -> None:
    """Write the graph with the weights of its matrix products in eight bits, with a scale and a zero an output."""
    os.environ.update(NO_TELEMETRY)
    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)  # it recommends a step that changes nothing here
    with tempfile.TemporaryDirectory() as folder:
        exact = Path(folder) / "float32.onnx"
        onnx.save(graph, exact)
        quantize_dynamic(
            exact,
            path,
            op_types_to_quantize=["MatMul", "Gemm"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=_exact_products(graph),
            extra_options={"MatMulConstBOnly": True, "WeightSymmetric": False},
        )


def _exact_products(graph: onnx.ModelProto) -> list[str]:
    """The names of the products that stay in float32."""
    weights = {tensor.name for tensor in graph.graph.initializer}
    products = [node.name for node in graph.graph.node if node.op_type == "MatMul" and node.input[1] in weights]
    return products[PRODUCTS_OF_LAYER - 1 : EXACT_LAYERS * PRODUCTS_OF_LAYER : PRODUCTS_OF_LAYER]


def main() -> None:
    """Export the folder that the command line names."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a sentence-transformers folder")
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    path = export_onnx(parser.parse_args().folder)
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
