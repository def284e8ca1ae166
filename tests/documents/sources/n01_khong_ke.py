"""The annex of `a01` as PDF with lines only between the rows, and with none; its last row stands alone on a page."""

from dataclasses import replace

from tests.documents.sources.a01_phu_luc_chung import DOCUMENT as RULED

DOCUMENT = replace(RULED, name="phu-luc-khong-ke", formats=("pdf-open", "pdf-bare"))
