/* `runs` of a window tells of the runs of Streamlit's script from the moment that the page asks the server for one: the state that the
   page shows changes only when the server has answered.
   asked: one has been asked for that has not begun; under: one has begun that has not ended and been drawn; begun: how many have. */
(() => {
  const RERUN = 11, BEGUN = 4, ENDED = 6; // the fields of Streamlit's BackMsg and ForwardMsg: rerun_script, new_session, script_finished
  const runs = (window.runs = { asked: false, under: false, begun: 0 });
  // The number that stands in a protobuf message at a place, and the place behind it.
  const number = (bytes, at) => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      value += (bytes[at] & 127) * shift;
      if (bytes[at++] < 128) return [value, at];
    }
  };
  // The numbers of the fields that a protobuf message has.
  const fields = (data) => {
    const bytes = new Uint8Array(data), found = new Set();
    for (let at = 0, tag, length; at < bytes.length; ) {
      [tag, at] = number(bytes, at);
      found.add(tag >> 3);
      [length, at] = number(bytes, at);
      if ((tag & 7) === 2) at += length;
    }
    return found;
  };
  const hear = ({ data }) => {
    if (!(data instanceof ArrayBuffer)) return;
    const told = fields(data);
    if (told.has(BEGUN)) Object.assign(runs, { asked: false, under: true, begun: runs.begun + 1 });
    const begun = runs.begun;
    if (told.has(ENDED)) setTimeout(() => (runs.under &&= runs.begun !== begun), 50); // time to draw what came
  };
  const heard = new WeakSet(), send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (data) {
    if (!heard.has(this)) this.addEventListener("message", hear);
    heard.add(this);
    if (typeof data !== "string" && fields(data).has(RERUN)) runs.asked = true;
    return send.call(this, data);
  };
})();
