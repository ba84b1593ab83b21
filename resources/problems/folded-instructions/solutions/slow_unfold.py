def unfold(text, at=0):
    parts, number = [], ""
    while at < len(text) and text[at] != ")":
        if text[at].isdigit():
            number += text[at]
        elif text[at] == "(":
            inner, at = unfold(text, at + 1)
            parts.append(inner * int(number or 1))
            number = ""
        else:
            parts.append(text[at])
        at += 1
    return "".join(parts), at


unfolded, _ = unfold(input())
print(len(unfolded), unfolded[-1:] or "-")
