import sys

sys.set_int_max_str_digits(0)
line = input()
stack = []
steps, last, number, has_number = 0, "-", 0, False
for sign in line:
    if sign.isdigit():
        number, has_number = number * 10 + int(sign), True
    elif sign == "(":
        stack.append((steps, number if has_number else 1))
        steps, number, has_number = 0, 0, False
    elif sign == ")":
        before, times = stack.pop()
        steps = before + steps * times
    else:
        steps, last = steps + 1, sign
print(steps, last)
