# Takes the marked blocks of a document apart: run=ID goes to OUT/run/ID, file=PATH (id=ID, else the
# path) to OUT/file/ID with its path and mode in OUT/file/ID.target.
function value(key,   at, rest) {
  at = match($0, "(^| )" key "=[^ ]+")
  if (!at) return ""
  rest = substr($0, RSTART, RLENGTH)
  sub("^ ?" key "=", "", rest)
  return rest
}
!inside && /^ *```[a-z]+ .*(run|file)=/ {
  match($0, /^ */); indent = RLENGTH
  run = value("run"); path = value("file"); id = value("id"); mode = value("mode")
  if (run != "") out = OUT "/run/" run
  else {
    if (id == "") { id = path; gsub("/", "_", id) }
    out = OUT "/file/" id
    print path " " (mode == "" ? "644" : mode) > (out ".target")
  }
  if (seen[out]++) { print "two blocks of the document are named " out > "/dev/stderr"; exit 1 }
  printf "" > out
  inside = 1
  next
}
inside && /^ *```$/ { close(out); inside = 0; next }
inside { print substr($0, 1, indent) ~ /^ *$/ ? substr($0, indent + 1) : $0 > out }
