"""Spark: a workforce that lives in Spark DataFrames, decided where it lives."""

from asnpolicy.exchange.spark.staff import SparkWorkforce as SparkWorkforce
