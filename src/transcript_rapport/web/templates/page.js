(function () {
  "use strict";
  var form = document.querySelector(".bring"), working = document.querySelector(".working");
  function megabytes(bytes) { return Math.round(bytes / 1000000) + " MB"; }
  if (form) {
    var file = form.querySelector("#file"), told = form.querySelector("#told"), button = form.querySelector("button");
    var recording = form.querySelector("#recording"), asked = recording.querySelectorAll("#consent, #confirmed-by");
    var suffixes = form.dataset.recordings.split(" ");
    var look = function () {
      var one = file.files[0], name = one ? one.name.toLowerCase() : "";
      var heard = suffixes.indexOf(name.slice(name.lastIndexOf("."))) >= 0;
      var most = Number(heard ? form.dataset.mostRecording : form.dataset.most);
      var large = one && one.size > most;
      asked.forEach(function (field) { field.required = heard; });
      if (heard) { recording.open = true; }
      button.disabled = Boolean(large);
      told.textContent = large ? "This is " + megabytes(one.size) + "; at most " + megabytes(most) + " fit here." : "";
    };
    file.addEventListener("change", look);
    ["dragenter", "dragover"].forEach(function (kind) { file.addEventListener(kind, function () { file.classList.add("over"); }); });
    ["dragleave", "drop"].forEach(function (kind) { file.addEventListener(kind, function () { file.classList.remove("over"); }); });
    // A file dropped beside the place for it would replace the page, and of several one would be taken unsaid.
    ["dragover", "drop"].forEach(function (kind) {
      document.addEventListener(kind, function (event) {
        event.preventDefault();
        var files = kind === "drop" && event.dataTransfer ? event.dataTransfer.files : [];
        if (files.length > 1) { told.textContent = "These are " + files.length + " files: please bring one session at a time."; }
        if (files.length === 1) { file.files = files; look(); }
      });
    });
    form.addEventListener("submit", function () { told.textContent = "Handing it over …"; button.disabled = true; });
    window.addEventListener("pageshow", function () { told.textContent = ""; button.disabled = false; look(); });
  }
  if (working) {
    var doing = document.getElementById("doing"), steps = working.querySelectorAll("[data-step]");
    var show = function (state) {
      if (doing.textContent !== state.doing) { doing.textContent = state.doing; }
      var past = state.stage !== "waiting";
      steps.forEach(function (step) {
        var now = step.dataset.step === state.stage;
        if (now) { past = false; step.setAttribute("aria-current", "step"); } else { step.removeAttribute("aria-current"); }
        step.classList.toggle("past", past);
      });
    };
    var ask = function () {
      fetch(working.dataset.state).then(function (answer) { return answer.json(); }).then(function (state) {
        if (!state.busy) { location.replace(location.href); return; }
        show(state);
        setTimeout(ask, 400);
      }).catch(function () { doing.textContent = "The program no longer answers. Is rapport serve still running?"; });
    };
    ask();
  }
}());
