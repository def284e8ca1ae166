"""What a document means: facts, tree, annex rows, targets, deadlines, references, agencies, repairs.

Pure. Every finding says where it stands and quotes the text exactly; what the document does not give stays None.
"""

from tiendo.intake.extraction.reading import read_document

__all__ = ["read_document"]
