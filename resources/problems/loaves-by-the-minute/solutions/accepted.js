function minutes_until(warm_up, per_loaf, loaves) {
  if (loaves === 0) return 0;
  const isEnough = (minute) => {
    let ready = 0;
    for (let oven = 0; oven < warm_up.length; oven++) {
      if (minute > warm_up[oven]) ready += Math.floor((minute - warm_up[oven]) / per_loaf[oven]);
      if (ready >= loaves) return true;
    }
    return false;
  };
  let early = 0;
  let late = Math.min(...warm_up.map((warm, oven) => warm + loaves * per_loaf[oven]));
  while (early < late) {
    const middle = Math.floor((early + late) / 2);
    if (isEnough(middle)) late = middle;
    else early = middle + 1;
  }
  return early;
}
