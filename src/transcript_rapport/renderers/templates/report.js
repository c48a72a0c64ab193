(function () {
  "use strict";
  var form = document.getElementById("filter"), kind = document.getElementById("kind");
  var lines = Array.prototype.slice.call(document.querySelectorAll(".line"));
  function show() {
    var wanted = kind.value, shown = 0;
    lines.forEach(function (line, i) {
      var has = function (l) { return l && l.dataset.marks.split(" ").indexOf(wanted) >= 0; };
      line.hidden = Boolean(wanted) && !has(line) && !has(lines[i + 1]);
      shown += line.hidden ? 0 : 1;
    });
    document.getElementById("shown").textContent = wanted ? shown + " of " + lines.length + " utterances" : "";
  }
  if (form) {
    form.hidden = false;
    kind.addEventListener("change", show);
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest("a[href^='#']");
    var place = link && document.getElementById(link.getAttribute("href").slice(1));
    if (!place) { return; }
    if (kind && kind.value && place.closest(".line[hidden]")) { kind.value = ""; show(); }
    // Inside a notebook's frame a link to a place would load the notebook itself.
    if (location.protocol === "about:") { event.preventDefault(); place.scrollIntoView(); }
  });
}());
