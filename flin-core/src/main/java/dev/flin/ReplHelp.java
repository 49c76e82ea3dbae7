package dev.flin;

/** What {@code :help} shows. */
final class ReplHelp {

	static final String TEXT = """
			Type FLIN: expressions show their value; names stay until the session ends.
			  x = 1             assigns; 'let x = "a"' and 'x: text = "a"' make a new x
			  fn, enum, type, entity, trait, impl   declare; a later one of the same name replaces it
			  :type CODE        the type of an expression; nothing runs
			  :doc NAME         what a built-in does
			  :time CODE        runs and says how long it took
			  :vars             variables and functions of this session with their types
			  :reload           reads the files of the application again; variables stay
			  :help  :quit""";

	private ReplHelp() {
	}

}
