function minutes_until(threading, per_scarf, scarves) {
  if (scarves === 0) return 0;
  const isEnough = (minute) => {
    let ready = 0;
    for (let loom = 0; loom < threading.length; loom++) {
      if (minute > threading[loom]) ready += Math.floor((minute - threading[loom]) / per_scarf[loom]);
      if (ready >= scarves) return true;
    }
    return false;
  };
  let early = 0;
  let late = Math.min(...threading.map((setup, loom) => setup + scarves * per_scarf[loom]));
  while (early < late) {
    const middle = Math.floor((early + late) / 2);
    if (isEnough(middle)) late = middle;
    else early = middle + 1;
  }
  return early;
}
