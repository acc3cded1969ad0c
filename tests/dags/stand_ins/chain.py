from datetime import date


def find_window() -> tuple[date, date]:
    return date(2025, 1, 30), date(2025, 2, 2)
