package dev.patchbay.app.text;

import java.util.Locale;
import java.util.Map;

/// The languages of the window. Commands, their output and the kernel's messages are not translated.
public enum Language {
    ENGLISH(Locale.ENGLISH, "yyyy-MM-dd HH:mm:ss"),
    GERMAN(Locale.GERMAN, "dd.MM.yyyy HH:mm:ss");

    /// Overrides the locale of the desktop: `de`, `en` or the name of a locale, as `de_AT.UTF-8`.
    static final String ENVIRONMENT_VARIABLE = "PATCHBAY_LANG";

    private final Locale locale;
    private final String dateTime;

    Language(Locale locale, String dateTime) {
        this.locale = locale;
        this.dateTime = dateTime;
    }

    /// German for every German locale, otherwise English.
    public static Language forEnvironment(Map<String, String> environment, Locale desktop) {
        String asked = environment.getOrDefault(ENVIRONMENT_VARIABLE, "");
        String name = asked.isBlank() ? desktop.getLanguage() : asked.strip().split("[-_.@]", 2)[0];
        return name.equalsIgnoreCase(GERMAN.locale.getLanguage()) ? GERMAN : ENGLISH;
    }

    /// The locale of the resource bundle, of numbers and of JavaFX's own texts.
    public Locale locale() {
        return locale;
    }

    String dateTime() {
        return dateTime;
    }
}
