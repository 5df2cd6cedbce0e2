package dev.patchbay.app.differential;

/// One place where the engines differ.
///
/// @param where `exit`, `stdout`, `stderr`, or the path of a value in a JSON document
/// @param docker what Docker has there; empty if nothing
record EngineDifference(Scenario.Line line, String where, String docker, String patchbay) {
    @Override
    public String toString() {
        return line + "\n    " + where + "\n      docker:   " + docker + "\n      patchbay: " + patchbay;
    }
}
