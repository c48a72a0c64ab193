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
    table.tBodies[0].append(...[...table.tBodies[0].rows].sort(compare));
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(column));
  });
}
const open = [];
addEventListener("beforeprint", () => {
  for (const part of document.querySelectorAll("details:not([open])")) { part.open = true; open.push(part); }
});
addEventListener("afterprint", () => { for (const part of open.splice(0)) part.open = false; });
