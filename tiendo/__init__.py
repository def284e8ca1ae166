"""Tiến Độ: theo dõi, kiểm tra và công khai tiến độ thực hiện kế hoạch của chính quyền.

The package is a house of rooms on one ladder; `docs/developing.md` walks it, import-linter keeps it.
"""
