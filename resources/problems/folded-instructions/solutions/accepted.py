line = input()
stack = []
steps, last, number, has_number = 0, "-", 0, False
for sign in line:
    if sign.isdigit():
        number = number * 10 + int(sign)
        has_number = True
    elif sign == "(":
        stack.append((steps, last, number if has_number else 1))
        steps, last, number, has_number = 0, "-", 0, False
    elif sign == ")":
        before, last_before, times = stack.pop()
        total = steps * times
        if total == 0:
            last = last_before
        steps = before + total
    else:
        steps += 1
        last = sign
import sys

if hasattr(sys, "set_int_max_str_digits"):
    sys.set_int_max_str_digits(0)
print(steps, last)
