function energy(mass, x, y, z, vx, vy, vz) {
    var sum = 0;
    for (var i = 0; i < mass.length; i++) {
        sum += 0.5 * mass[i] * (vx[i] * vx[i] + vy[i] * vy[i] + vz[i] * vz[i]);
        for (var j = i + 1; j < mass.length; j++) {
            var dx = x[i] - x[j], dy = y[i] - y[j], dz = z[i] - z[j];
            sum -= mass[i] * mass[j] / Math.sqrt(dx * dx + dy * dy + dz * dz);
        }
    }
    return sum;
}

function advance(mass, x, y, z, vx, vy, vz, dt) {
    var i, j;
    for (i = 0; i < mass.length; i++) {
        for (j = i + 1; j < mass.length; j++) {
            var dx = x[i] - x[j], dy = y[i] - y[j], dz = z[i] - z[j];
            var square = dx * dx + dy * dy + dz * dz;
            var pull = dt / (square * Math.sqrt(square));
            vx[i] -= dx * mass[j] * pull;
            vy[i] -= dy * mass[j] * pull;
            vz[i] -= dz * mass[j] * pull;
            vx[j] += dx * mass[i] * pull;
            vy[j] += dy * mass[i] * pull;
            vz[j] += dz * mass[i] * pull;
        }
    }
    for (i = 0; i < mass.length; i++) {
        x[i] += dt * vx[i];
        y[i] += dt * vy[i];
        z[i] += dt * vz[i];
    }
}

function bench(n) {
    var mass = [39.47841760435743, 0.03769367487038949, 0.011286326131968767, 0.0017237240570597112, 0.0020336868699246304];
    var x = [0.0, 4.84143144246472090, 8.34336671824457987, 12.8943695621391310, 15.3796971148509165];
    var y = [0.0, -1.16032004402742839, 4.12479856412430479, -15.1111514016986312, -25.9193146099879641];
    var z = [0.0, -0.103622044471123109, -0.403523417114321381, -0.223307578892655734, 0.179258772950371181];
    var vx = [0.0, 0.606326392995832, -1.01077434617879, 1.08279100644154, 0.979090732243898];
    var vy = [0.0, 2.81198684491626, 1.82566237123041, 0.868713018169608, 0.594698998647676];
    var vz = [0.0, -0.02521836165988763, 0.008415761376584154, -0.01083263740136364, -0.03475595555078104];
    var before = energy(mass, x, y, z, vx, vy, vz);
    for (var i = 0; i < n; i++) { advance(mass, x, y, z, vx, vy, vz, 0.01); }
    return Math.floor((before - energy(mass, x, y, z, vx, vy, vz)) * 1000000000000);
}
