package dev.flin.syntax;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import dev.flin.source.Span;

/** Trees as readable S-expressions, and a walk over all nodes. */
final class TreeDump {

	private static final Set<String> LEFT_OUT = Set.of("id", "span", "nameSpan", "opSpan");

	/** The components of record classes; Java makes new ones, slow at first use, at each call. */
	private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {

		@Override
		protected RecordComponent[] computeValue(Class<?> type) {
			return type.getRecordComponents();
		}

	};

	private TreeDump() {
	}

	/** One line for each statement. */
	static String dump(List<? extends Node> nodes) {
		StringBuilder out = new StringBuilder();
		for (Node node : nodes) {
			out.append(out.isEmpty() ? "" : "\n");
			write(node, out);
		}
		return out.toString();
	}

	private static void write(Object value, StringBuilder out) {
		switch (value) {
			case List<?> list -> {
				out.append('[');
				for (int i = 0; i < list.size(); i++) {
					out.append(i == 0 ? "" : " ");
					write(list.get(i), out);
				}
				out.append(']');
			}
			case Record record -> {
				out.append('(').append(name(record));
				for (RecordComponent component : COMPONENTS.get(record.getClass())) {
					Object part = get(component, record);
					boolean empty = part instanceof List<?> list && list.isEmpty();
					if (part != null && !empty && !Boolean.FALSE.equals(part)
							&& !LEFT_OUT.contains(component.getName())) {
						out.append(' ');
						out.append(Boolean.TRUE.equals(part) ? component.getName() : "");
						write(Boolean.TRUE.equals(part) ? "" : part, out);
					}
				}
				out.append(')');
			}
			case String text -> out.append(text.replace("\n", "\\n"));
			default -> out.append(value);
		}
	}

	private static String name(Record record) {
		String owner = record.getClass().getEnclosingClass().getSimpleName();
		String prefix = switch (owner) {
			case "Pattern" -> "p:";
			case "TypeExpr" -> "t:";
			case "Markup" -> "m:";
			default -> "";
		};
		return prefix + record.getClass().getSimpleName();
	}

	/** Visits every node below a value, parents first. */
	static void walk(Object value, Consumer<Node> visit) {
		if (value instanceof Node node) {
			visit.accept(node);
		}
		children(value).forEach((child) -> walk(child, visit));
	}

	/** The nodes directly below a node, also through lists and values that are no nodes. */
	static List<Node> childNodes(Node node) {
		List<Node> nodes = new ArrayList<>();
		for (Object child : children(node)) {
			collect(child, nodes);
		}
		return nodes;
	}

	private static void collect(Object value, List<Node> nodes) {
		if (value instanceof Node node) {
			nodes.add(node);
		}
		else {
			children(value).forEach((child) -> collect(child, nodes));
		}
	}

	private static List<Object> children(Object value) {
		List<Object> children = new ArrayList<>();
		if (value instanceof List<?> list) {
			children.addAll(list);
		}
		else if (value instanceof Record record && !(value instanceof Span)) {
			for (RecordComponent component : COMPONENTS.get(record.getClass())) {
				Object part = get(component, record);
				if (part != null) {
					children.add(part);
				}
			}
		}
		return children;
	}

	private static Object get(RecordComponent component, Record record) {
		try {
			return component.getAccessor().invoke(record);
		}
		catch (IllegalAccessException | InvocationTargetException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
