(function () {
  "use strict";
  var lines = Array.prototype.slice.call(document.querySelectorAll(".line"));
  var told = document.getElementById("shown"), folded = [];
  function count(key) {
    var has = function (line) { return line && line.classList.contains("has-" + key); };
    var shown = lines.filter(function (line, i) { return has(line) || has(lines[i + 1]); }).length;
    told.textContent = key === "all" ? "" : shown + " of " + lines.length + " utterances shown.";
  }
  function unfold(place) {
    for (var at = place; at; at = at.parentElement) { if (at.tagName === "DETAILS") { at.open = true; } }
  }
  document.addEventListener("change", function (event) {
    if (event.target.name === "show") { count(event.target.id.slice(5)); }
  });
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href^='#']");
    var place = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!place) { return; }
    unfold(place);
    // A place inside an utterance that the filter hides is shown all the same.
    lines.forEach(function (line) { line.classList.toggle("aimed", line.contains(place)); });
    // Inside a notebook's frame a link to a place would load the notebook itself.
    if (location.protocol === "about:") { event.preventDefault(); place.scrollIntoView(); }
  });
  // Tab comes to the first mark of a lane of the strip; the arrows go on from mark to mark.
  document.addEventListener("keydown", function (event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) { return; }
    var step = { ArrowRight: "nextElementSibling", ArrowLeft: "previousElementSibling" }[event.key];
    var mark = step && event.target.closest && event.target.closest(".lane-of a");
    var to = mark && mark[step];
    if (to && to.matches("a")) { to.focus(); event.preventDefault(); }
  });
  // Paper cannot be unfolded: everything folded is printed open, and folded again afterwards.
  window.addEventListener("beforeprint", function () {
    folded = Array.prototype.slice.call(document.querySelectorAll("details:not([open])"));
    folded.forEach(function (one) { one.open = true; });
  });
  window.addEventListener("afterprint", function () { folded.forEach(function (one) { one.open = false; }); });
}());
