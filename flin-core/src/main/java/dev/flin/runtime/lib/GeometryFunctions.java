package dev.flin.runtime.lib;

import org.jspecify.annotations.Nullable;

import dev.flin.runtime.Builtin;
import dev.flin.runtime.Convert;
import dev.flin.runtime.Indexing;
import dev.flin.value.FlinError;
import dev.flin.value.FlinList;
import dev.flin.value.FlinMap;
import dev.flin.value.FlinTuple;
import dev.flin.value.Kinds;

/**
 * Vectors, points and places on the earth. A point is a list or tuple of coordinates, or a map with {@code x} and
 * {@code y} (or {@code lon} and {@code lat}).
 */
public final class GeometryFunctions {

	private static final double EARTH_RADIUS_KM = 6371.0088;

	private GeometryFunctions() {
	}

	@Builtin(value = "distance(a: any, b: any) -> number", doc = "The straight distance of two points.",
			example = "distance([0, 0], [3, 4]) // 5",
			errors = "distance([1], [2, 3]) // a point has two coordinates or more")
	public static double distance(@Nullable Object a, @Nullable Object b) {
		double[] p = coordinates(a);
		double[] q = sameSize(p, coordinates(b));
		double total = 0;
		for (int i = 0; i < p.length; i++) {
			total += (p[i] - q[i]) * (p[i] - q[i]);
		}
		return Math.sqrt(total);
	}

	@Builtin(value = "distance(x1: number, y1: number, x2: number, y2: number) -> number",
			doc = "The straight distance of two points.", example = "distance(0, 0, 3, 4) // 5")
	public static double distance(double x1, double y1, double x2, double y2) {
		return Math.hypot(x2 - x1, y2 - y1);
	}

	@Builtin(value = "manhattan_distance(a: any, b: any) -> number", doc = "The distance along the axes.",
			example = "manhattan_distance([0, 0], [3, 4]) // 7")
	public static double manhattanDistance(@Nullable Object a, @Nullable Object b) {
		double[] p = coordinates(a);
		double[] q = sameSize(p, coordinates(b));
		double total = 0;
		for (int i = 0; i < p.length; i++) {
			total += Math.abs(p[i] - q[i]);
		}
		return total;
	}

	@Builtin(value = "manhattan_distance(x1: number, y1: number, x2: number, y2: number) -> number",
			doc = "The distance along the axes.", example = "manhattan_distance(0, 0, 3, 4) // 7")
	public static double manhattanDistance(double x1, double y1, double x2, double y2) {
		return Math.abs(x2 - x1) + Math.abs(y2 - y1);
	}

	@Builtin(value = "haversine(lat1: number, lon1: number, lat2: number, lon2: number) -> number",
			doc = "Kilometres between two places on the earth, in degrees.",
			example = "haversine(6.37, 2.43, 6.37, 2.43) // 0")
	public static double haversine(double lat1, double lon1, double lat2, double lon2) {
		double dLat = Math.toRadians(lat2 - lat1);
		double dLon = Math.toRadians(lon2 - lon1);
		double h = Math.pow(Math.sin(dLat / 2), 2)
				+ Math.cos(Math.toRadians(lat1)) * Math.cos(Math.toRadians(lat2)) * Math.pow(Math.sin(dLon / 2), 2);
		return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
	}

	@Builtin(value = "bearing(lat1: number, lon1: number, lat2: number, lon2: number) -> number",
			doc = "The first direction from one place to another, in degrees from north.",
			example = "bearing(0, 0, 0, 10) // 90")
	public static double bearing(double lat1, double lon1, double lat2, double lon2) {
		double from = Math.toRadians(lat1);
		double to = Math.toRadians(lat2);
		double dLon = Math.toRadians(lon2 - lon1);
		double y = Math.sin(dLon) * Math.cos(to);
		double x = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(dLon);
		return (Math.toDegrees(Math.atan2(y, x)) + 360) % 360;
	}

	@Builtin(value = "midpoint(a: any, b: any) -> [number]", doc = "The point half way.",
			example = "midpoint([0, 0], [4, 2]) // [2, 1]")
	public static FlinList midpoint(@Nullable Object a, @Nullable Object b) {
		double[] p = coordinates(a);
		double[] q = sameSize(p, coordinates(b));
		double[] middle = new double[p.length];
		for (int i = 0; i < p.length; i++) {
			middle[i] = (p[i] + q[i]) / 2;
		}
		return FlinList.ofDoubles(middle);
	}

	@Builtin(value = "midpoint(x1: number, y1: number, x2: number, y2: number) -> [number]",
			doc = "The point half way.", example = "midpoint(0, 0, 4, 2) // [2, 1]")
	public static FlinList midpoint(double x1, double y1, double x2, double y2) {
		return FlinList.ofDoubles((x1 + x2) / 2, (y1 + y2) / 2);
	}

	@Builtin(value = "point_in_polygon(point: any, polygon: any) -> bool",
			doc = "Whether a point lies inside a polygon of points.",
			example = "point_in_polygon([1, 1], [[0, 0], [2, 0], [2, 2], [0, 2]]) // true")
	public static boolean pointInPolygon(@Nullable Object point, @Nullable Object polygon) {
		double[] p = coordinates(point);
		FlinList corners = Convert.toList(polygon, "polygon");
		boolean inside = false;
		for (int i = 0, k = corners.size() - 1; i < corners.size(); k = i++) {
			double[] a = coordinates(corners.element(i));
			double[] b = coordinates(corners.element(k));
			if ((a[1] > p[1]) != (b[1] > p[1])
					&& p[0] < (b[0] - a[0]) * (p[1] - a[1]) / (b[1] - a[1]) + a[0]) {
				inside = !inside;
			}
		}
		return inside;
	}

	@Builtin(value = "polygon_area(polygon: any) -> number", doc = "The area of a polygon of points.",
			example = "polygon_area([[0, 0], [2, 0], [2, 2], [0, 2]]) // 4")
	public static double polygonArea(@Nullable Object polygon) {
		FlinList corners = Convert.toList(polygon, "polygon");
		double total = 0;
		for (int i = 0; i < corners.size(); i++) {
			double[] a = coordinates(corners.element(i));
			double[] b = coordinates(corners.element((i + 1) % corners.size()));
			total += a[0] * b[1] - b[0] * a[1];
		}
		return Math.abs(total) / 2;
	}

	@Builtin(value = "bounding_box(points: any) -> [text: number]",
			doc = "The smallest box around points: `min_x`, `min_y`, `max_x`, `max_y`.",
			example = "bounding_box([[1, 5], [3, 2]])[\"max_y\"] // 5",
			errors = "bounding_box([]) // bounding_box of no points")
	public static FlinMap boundingBox(@Nullable Object points) {
		FlinList all = Convert.toList(points, "points");
		if (all.isEmpty()) {
			throw new FlinError("bounding_box of no points");
		}
		double[] box = { Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE, -Double.MAX_VALUE };
		for (Object point : all) {
			double[] p = coordinates(point);
			box[0] = Math.min(box[0], p[0]);
			box[1] = Math.min(box[1], p[1]);
			box[2] = Math.max(box[2], p[0]);
			box[3] = Math.max(box[3], p[1]);
		}
		return FlinMap.of("min_x", box[0], "min_y", box[1], "max_x", box[2], "max_y", box[3]);
	}

	@Builtin(value = "dot<T: Numeric, U: Numeric>(a: [T], b: [U]) -> number", doc = "The scalar product.",
			example = "dot([1, 2, 3], [4, 5, 6]) // 32",
			errors = "dot([1, 2], [1]) // vectors of 2 and 1 numbers do not belong together")
	public static double dot(FlinList a, FlinList b) {
		double[] p = StatisticsFunctions.doubles(a);
		double[] q = sameSize(p, StatisticsFunctions.doubles(b));
		double total = 0;
		for (int i = 0; i < p.length; i++) {
			total += p[i] * q[i];
		}
		return total;
	}

	@Builtin(value = "magnitude<T: Numeric>(a: [T]) -> number", doc = "The length of a vector.",
			example = "magnitude([3, 4]) // 5")
	public static double magnitude(FlinList a) {
		return Math.sqrt(dot(a, a));
	}

	@Builtin(value = "cosine_similarity<T: Numeric, U: Numeric>(a: [T], b: [U]) -> number",
			doc = "The cosine of the angle between two vectors, 0 when one has no length.",
			example = "cosine_similarity([1, 0], [0, 1]) // 0",
			errors = "cosine_similarity([1, 2], [1]) // vectors of 2 and 1 numbers do not belong together")
	public static double cosineSimilarity(FlinList a, FlinList b) {
		double size = magnitude(a) * magnitude(b);
		return (size == 0) ? 0 : dot(a, b) / size;
	}

	private static double[] coordinates(@Nullable Object point) {
		if (point instanceof FlinTuple tuple) {
			return atLeastTwo(StatisticsFunctions.doubles(tuple.toList()));
		}
		if (Indexing.isSequence(point)) {
			return atLeastTwo(StatisticsFunctions.doubles(Convert.toList(point, "point")));
		}
		if (point instanceof FlinMap map) {
			Object x = map.containsKey("x") ? map.get("x") : map.get("lon");
			Object y = map.containsKey("y") ? map.get("y") : map.get("lat");
			return new double[] { Convert.toDouble(x, "x"), Convert.toDouble(y, "y") };
		}
		throw new FlinError("a point is a list, tuple or map, not " + Kinds.describe(point));
	}

	private static double[] atLeastTwo(double[] coordinates) {
		if (coordinates.length < 2) {
			throw new FlinError("a point has two coordinates or more");
		}
		return coordinates;
	}

	private static double[] sameSize(double[] a, double[] b) {
		if (a.length != b.length) {
			throw new FlinError("vectors of " + a.length + " and " + b.length + " numbers do not belong together");
		}
		return b;
	}

}
