import type { SoakWorld } from "./world.ts";

let number = 0;

/** One thing that befalls the folder; returns how many new photos it brings. */
export async function disturbFolder({ tree, random, machine }: SoakWorld): Promise<number> {
  const { steps } = machine;
  const fresh = (): string => `${random.pick(["", "", "a/", "a/b/", "trip/day 1/"])}${number++}.jpg`;
  const names = tree.names().filter((name) => name.endsWith(".jpg") && !name.includes("/."));
  const old = names.length === 0 ? undefined : random.pick(names);
  const chance = random.next();
  if (chance < 0.45 || old === undefined) {
    const text = `photo ${number}`;
    tree.put(fresh(), { text });
    return 1;
  }
  if (chance < 0.6) {
    const [name, text] = [fresh(), `slow photo ${number}`];
    const isOpen = random.chance(0.5);
    for (let part = 1; part < 4; part++) {
      tree.put(name, { text: text.slice(0, part), isWhole: false, isOpen });
      await steps.sleep(random.pick([100, 5_000, 60_000]));
    }
    tree.put(name, { text });
    return 1;
  }
  if (chance < 0.65) {
    const count = random.between(5, 20);
    for (let left = count; left > 0; left--) tree.put(fresh(), { text: `burst photo ${number}` });
    return count;
  }
  if (chance < 0.73)
    tree.put(fresh(), { text: tree.file(old)?.text ?? "", isWhole: tree.file(old)?.isWhole === true });
  else if (chance < 0.83 && tree.file(old)?.isOpen === false) tree.rename(old, fresh());
  else if (chance < 0.88) {
    tree.put(old, { text: `photo ${number++} in place` });
    return 1;
  } else if (chance < 0.92)
    tree.put(old, { text: tree.file(old)?.text ?? "", isWhole: tree.file(old)?.isWhole === true });
  else if (chance < 0.96) {
    tree.setThere(false);
    await steps.sleep(random.pick([100, 10_000, 600_000]));
    tree.setThere(true);
  } else {
    tree.put(`.${number}.jpg`, { text: `hidden ${number}` });
    tree.put(`done/${number}.jpg`, { text: `done ${number++}` });
  }
  return 0;
}
