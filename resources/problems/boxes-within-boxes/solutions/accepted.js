function first_mistake(steps) {
  const opened = [];
  for (let position = 0; position < steps.length; position++) {
    const step = steps[position];
    if (step > 0) opened.push(step);
    else if (opened.pop() !== -step) return position;
  }
  return opened.length ? steps.length : -1;
}
