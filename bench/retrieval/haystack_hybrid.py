"""Haystack, hybrid: a pipeline of its in-memory BM25 and embedding retrievers, and its joiner."""

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from bench.retrieval.system import Content, Found

# So many passages are asked of each retriever, enough for ten entries or nearly.
PASSAGES = 100


class HaystackHybrid:
    """A store of passages with the vectors of a sentence-transformers folder.

    `words`: the store's settings of BM25; `weight`: that of meaning, the rest is that of words. Joined is by a weighted
    sum ("merge"), which handles more questions rightly than the joiner's other ways (docs/evaluation.md).
    """

    def __init__(self, content: Content, model: str, *, words: dict[str, str], weight: float) -> None:
        self._content = content
        settings = {
            "model": model,
            "local_files_only": True,
            "normalize_embeddings": True,
            "progress_bar": False,
            "model_kwargs": {"dtype": "float32"},  # half precision is slow on a CPU
        }
        passages = [Document(content=text, meta={"row": row}) for row, text in enumerate(content.texts)]
        embedded = SentenceTransformersDocumentEmbedder(**settings).run(passages)["documents"]
        store = InMemoryDocumentStore(return_embedding=False, **words)
        store.write_documents(embedded)
        self._pipeline = _pipeline(store, SentenceTransformersTextEmbedder(**settings), weight)

    def search(self, text: str) -> list[Found]:
        """The entries by the joiner's score."""
        found = self._pipeline.run({"embedder": {"text": text}, "words": {"query": text}})["joiner"]["documents"]
        return self._content.entries((passage.meta["row"], passage.score) for passage in found)


def _pipeline(store: InMemoryDocumentStore, embedder: SentenceTransformersTextEmbedder, weight: float) -> Pipeline:
    pipeline = Pipeline()
    pipeline.add_component("embedder", embedder)
    pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=PASSAGES))
    pipeline.add_component("vectors", InMemoryEmbeddingRetriever(store, top_k=PASSAGES))
    pipeline.add_component("joiner", DocumentJoiner("merge", weights=[1 - weight, weight]))
    pipeline.connect("embedder.embedding", "vectors.query_embedding")
    # The joiner's weights are in the order of these two.
    pipeline.connect("words.documents", "joiner.documents")
    pipeline.connect("vectors.documents", "joiner.documents")
    return pipeline
