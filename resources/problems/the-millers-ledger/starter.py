import sys

words = iter(sys.stdin.read().split())
