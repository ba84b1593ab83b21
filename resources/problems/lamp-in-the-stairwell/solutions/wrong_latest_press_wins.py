def seconds_lit(pressed, lasting):
    # Lets a short press during a long one end the light.
    lit = 0
    on_until = 0
    for second, length in sorted(zip(pressed, lasting, strict=True)):
        lit += max(0, second + length - max(second, on_until))
        on_until = second + length
    return lit
