package dev.patchbay.app.window;

import java.nio.file.Path;

/// One host in the window: its view model, its picture, and where that picture is remembered. It lives on while the
/// window shows another host.
///
/// @param arrangementFile file of the picture's arrangement
record HostWindow(WindowViewModel model, MainWindow window, Path arrangementFile) {}
