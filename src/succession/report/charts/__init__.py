"""The charts of a report as records: places and widths, for a page to draw."""

from succession.report.charts.build import Charts, build_charts

__all__ = ["Charts", "build_charts"]
