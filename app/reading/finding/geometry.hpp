// Points, and the projective map from a symbol's modules to a picture's pixels.
#pragma once

#include <array>
#include <cmath>

namespace kiosk::reading::finding {

struct Point {
    float x = 0, y = 0;
    friend Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
    friend Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
    friend Point operator*(Point a, float s) { return {a.x * s, a.y * s}; }
};
inline float dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }
inline float cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }
inline float length(Point a) { return std::hypot(a.x, a.y); }

/// (u, v) in modules from the symbol's top left corner -> px.
class Homography {
public:
    Homography() = default;
    /// Maps the corners (low, low), (high, low), (high, high), (low, high) to `quad` (Heckbert 1989,
    /// section 2.2.2).
    Homography(float low, float high, const std::array<Point, 4>& quad) {
        const Point s = quad[0] - quad[1] + quad[2] - quad[3];
        const Point d1 = quad[1] - quad[2], d2 = quad[3] - quad[2];
        const float area = cross(d1, d2);
        const float g = area == 0 ? 0 : cross(s, d2) / area, h = area == 0 ? 0 : cross(d1, s) / area;
        const float a = quad[1].x - quad[0].x + g * quad[1].x, b = quad[3].x - quad[0].x + h * quad[3].x;
        const float d = quad[1].y - quad[0].y + g * quad[1].y, e = quad[3].y - quad[0].y + h * quad[3].y;
        const float k = 1 / (high - low), o = -low * k; // (u, v) -> unit square
        m_ = {a * k, b * k, quad[0].x + (a + b) * o, d * k, e * k, quad[0].y + (d + e) * o,
              g * k, h * k, 1 + (g + h) * o};
    }
    Point operator()(float u, float v) const {
        const float w = 1 / (m_[6] * u + m_[7] * v + m_[8]);
        return {(m_[0] * u + m_[1] * v + m_[2]) * w, (m_[3] * u + m_[4] * v + m_[5]) * w};
    }

private:
    std::array<float, 9> m_ = {1, 0, 0, 0, 1, 0, 0, 0, 1};
};

} // namespace kiosk::reading::finding
