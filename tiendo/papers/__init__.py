"""Official papers: neutral content in, DOCX, PDF and XLSX out, laid out by Nghị định 30/2020/NĐ-CP.

The room knows layout and nothing else: no plan, no report, no Django, no clock. A caller describes the
paper with `model.Paper` and gets bytes back; the same description always gives the same bytes.
"""
