"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const heads = [...table.tHead.rows[0].cells];
  const sort = (column) => {
    const head = heads[column];
    const text = head.dataset.kind === "text";
    const now = head.getAttribute("aria-sort");
    const order = now === "none" ? (text ? "ascending" : "descending") : now === "ascending" ? "descending" : "ascending";
    heads.forEach((h) => h.setAttribute("aria-sort", h === head ? order : "none"));
    const sign = order === "ascending" ? 1 : -1;
    const value = (row) => row.cells[column].dataset.value;
    const compare = (a, b) => {
      const x = value(a), y = value(b);
      if (x === "" || y === "") return (x === "") - (y === "");
      return sign * (text ? x.localeCompare(y, undefined, { numeric: true }) : Number(x) - Number(y));
    };
    for (const group of table.tBodies) {
      const cases = [...group.querySelectorAll("tr.case")].map((row) => [row, row.nextElementSibling]);
      group.append(...cases.sort(([a], [b]) => compare(a, b)).flat());
    }
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(column));
  });
}
const printed = document.getElementById("printed");
addEventListener("beforeprint", () => {
  printed?.replaceChildren(...[...document.querySelectorAll(".reasons")].map((reasons) => {
    const part = document.createElement("section");
    const name = document.createElement("h3");
    name.textContent = reasons.dataset.name;
    part.append(name, ...reasons.cloneNode(true).childNodes);
    return part;
  }));
});
addEventListener("afterprint", () => printed?.replaceChildren());
