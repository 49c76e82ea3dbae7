static double energy(double[] mass, double[] x, double[] y, double[] z, double[] vx, double[] vy, double[] vz) {
    double sum = 0
    for (int i = 0; i < mass.length; i++) {
        sum += 0.5d * mass[i] * (vx[i] * vx[i] + vy[i] * vy[i] + vz[i] * vz[i])
        for (int j = i + 1; j < mass.length; j++) {
            double dx = x[i] - x[j]
            double dy = y[i] - y[j]
            double dz = z[i] - z[j]
            sum -= mass[i] * mass[j] / Math.sqrt(dx * dx + dy * dy + dz * dz)
        }
    }
    return sum
}

static void advance(double[] mass, double[] x, double[] y, double[] z, double[] vx, double[] vy, double[] vz,
        double dt) {
    for (int i = 0; i < mass.length; i++) {
        for (int j = i + 1; j < mass.length; j++) {
            double dx = x[i] - x[j]
            double dy = y[i] - y[j]
            double dz = z[i] - z[j]
            double square = dx * dx + dy * dy + dz * dz
            double pull = dt / (square * Math.sqrt(square))
            vx[i] -= dx * mass[j] * pull
            vy[i] -= dy * mass[j] * pull
            vz[i] -= dz * mass[j] * pull
            vx[j] += dx * mass[i] * pull
            vy[j] += dy * mass[i] * pull
            vz[j] += dz * mass[i] * pull
        }
    }
    for (int i = 0; i < mass.length; i++) {
        x[i] += dt * vx[i]
        y[i] += dt * vy[i]
        z[i] += dt * vz[i]
    }
}

static Object bench(int n) {
    double[] mass = [39.47841760435743d, 0.03769367487038949d, 0.011286326131968767d, 0.0017237240570597112d,
            0.0020336868699246304d]
    double[] x = [0d, 4.84143144246472090d, 8.34336671824457987d, 12.8943695621391310d, 15.3796971148509165d]
    double[] y = [0d, -1.16032004402742839d, 4.12479856412430479d, -15.1111514016986312d, -25.9193146099879641d]
    double[] z = [0d, -0.103622044471123109d, -0.403523417114321381d, -0.223307578892655734d,
            0.179258772950371181d]
    double[] vx = [0d, 0.606326392995832d, -1.01077434617879d, 1.08279100644154d, 0.979090732243898d]
    double[] vy = [0d, 2.81198684491626d, 1.82566237123041d, 0.868713018169608d, 0.594698998647676d]
    double[] vz = [0d, -0.02521836165988763d, 0.008415761376584154d, -0.01083263740136364d,
            -0.03475595555078104d]
    double before = energy(mass, x, y, z, vx, vy, vz)
    for (int i = 0; i < n; i++) {
        advance(mass, x, y, z, vx, vy, vz, 0.01d)
    }
    return (long) Math.floor((before - energy(mass, x, y, z, vx, vy, vz)) * 1000000000000d)
}
