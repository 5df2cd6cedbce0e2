/// What a person can get wrong, each mistake with its code, its sentence and, where the sentence does not say it,
/// advice.
///
/// Sentences are those of Docker 20.10 wherever it has words for the case; a person's search engine knows them.
@NullMarked
package dev.patchbay.core.mistake;

import org.jspecify.annotations.NullMarked;
