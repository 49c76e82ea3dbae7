package dev.flin.value;

/**
 * A value that is the answer to a whole request and no content: what {@code error}, {@code redirect} and
 * {@code response} give. A page that returns one shows nothing of itself.
 */
public interface WholeAnswer {

}
