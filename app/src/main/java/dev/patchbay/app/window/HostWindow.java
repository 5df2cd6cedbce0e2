package dev.patchbay.app.window;

import java.nio.file.Path;

/// One host in the window: its view model, its content, and the file that remembers its layout. It stays
/// open while the window shows another host.
///
/// @param arrangementFile file of the canvas's arrangement
record HostWindow(WindowViewModel model, MainWindow window, Path arrangementFile) {}
