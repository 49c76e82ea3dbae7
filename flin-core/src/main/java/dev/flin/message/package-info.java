/**
 * The texts of an application in its languages: what {@code i18n/} holds, as JSON or as code, and the
 * checks that each text of each language is there and takes what it is given.
 */
@NullMarked
package dev.flin.message;

import org.jspecify.annotations.NullMarked;
