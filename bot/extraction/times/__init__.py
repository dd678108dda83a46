"""Time expressions: TIMEX3 values and the days they mean."""
