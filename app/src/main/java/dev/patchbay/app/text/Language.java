package dev.patchbay.app.text;

import java.util.Locale;
import java.util.Map;

/// The languages that the window speaks. Commands, their output and what the kernel says stay as they are.
public enum Language {
    ENGLISH(Locale.ENGLISH, "yyyy-MM-dd HH:mm:ss"),
    GERMAN(Locale.GERMAN, "dd.MM.yyyy HH:mm:ss");

    /// Wins over the desktop's locale; `de`, `en` or a locale's name like `de_AT.UTF-8`.
    static final String ENVIRONMENT_VARIABLE = "PATCHBAY_LANG";

    private final Locale locale;
    private final String dateTime;

    Language(Locale locale, String dateTime) {
        this.locale = locale;
        this.dateTime = dateTime;
    }

    /// What the person wants to read: German for every kind of German, English for everything else.
    public static Language forEnvironment(Map<String, String> environment, Locale desktop) {
        String asked = environment.getOrDefault(ENVIRONMENT_VARIABLE, "");
        String name = asked.isBlank() ? desktop.getLanguage() : asked.strip().split("[-_.@]", 2)[0];
        return name.equalsIgnoreCase(GERMAN.locale.getLanguage()) ? GERMAN : ENGLISH;
    }

    /// For the bundle, for figures and for what the toolkit says by itself.
    public Locale locale() {
        return locale;
    }

    String dateTime() {
        return dateTime;
    }
}
