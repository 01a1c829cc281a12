"""Tone on a map: of one country with every other, or of each with all. Frame in, figure out; nothing from outside."""

from __future__ import annotations

import plotly.graph_objects as go
import polars as pl

from dashboard import theme
from dashboard.evidence import country_name
from ingest.countries.points import points

HEIGHT, PHONE_HEIGHT = 430, 270
"""Pixels."""

CONFIG = {"topojsonURL": "/app/static/topo/", "displaylogo": False, "displayModeBar": False, "scrollZoom": False}
"""For `st.plotly_chart`: the outlines come from our own server (`dashboard/static/topo`)."""


def world_map(
    levels: pl.DataFrame, *, chosen: str | None = None, kind: theme.Kind = "light", height: int = HEIGHT
) -> go.Figure:
    """Draw levels (`country, tone, low, high, n`), null tones as grey; `chosen` is outlined.

    Traces by name: `countries` (areas) and `small` (points: too small for the outlines, and Kosovo).
    `customdata` begins with the country's code.
    """
    palette = theme.PALETTES[kind]
    figure = go.Figure(layout=_layout(palette, height))
    told = levels.filter(pl.col("country") != (chosen or ""))
    at = points()
    small = told.filter(pl.col("country").is_in(list(at)))
    large = told.filter(~pl.col("country").is_in(list(at)))
    empty = large.filter(pl.col("tone").is_null())
    known = large.filter(pl.col("tone").is_not_null())
    shared = {"hovertemplate": "%{customdata[1]}<extra></extra>"}
    border = {"color": palette.paper, "width": 0.6}
    figure.add_trace(
        go.Choropleth(
            name="thin", locations=empty["country"].to_list(), z=[0] * empty.height, showscale=False,
            colorscale=[(0, palette.bar), (1, palette.bar)], marker={"line": border, "opacity": 0.55},
            customdata=_custom(empty), **shared,
        )
    )  # fmt: skip
    figure.add_trace(
        go.Choropleth(
            name="countries", locations=known["country"].to_list(), z=known["tone"].to_list(), zmin=-1, zmax=1,
            colorscale=theme.SCALE, marker={"line": border}, customdata=_custom(known), showscale=True,
            colorbar={
                "orientation": "h", "thickness": 10, "len": 0.6, "x": 0.5, "y": -0.04, "yanchor": "top",
                "outlinewidth": 0,
                "tickvals": [-1, -0.5, 0, 0.5, 1],
                "ticktext": [f"{theme.MINUS}1", f"{theme.MINUS}0.5", "0", "+0.5", "+1"],
                "tickangle": 0,
                "tickfont": {"size": 12, "color": palette.muted},
            },
            **shared,
        )
    )  # fmt: skip
    spots = small.filter(pl.col("tone").is_not_null())
    figure.add_trace(
        go.Scattergeo(
            name="small", lat=[at[one][0] for one in spots["country"]], lon=[at[one][1] for one in spots["country"]],
            mode="markers", customdata=_custom(spots),
            marker={
                "size": 9, "color": [theme.blend(tone) for tone in spots["tone"]],
                "line": {"color": palette.line, "width": 1},
            },
            **shared,
        )
    )  # fmt: skip
    if chosen and chosen not in at:
        figure.add_trace(
            go.Choropleth(
                name="chosen", locations=[chosen], z=[0], showscale=False, hoverinfo="text",
                hovertext=[country_name(chosen)],
                colorscale=[(0, palette.paper), (1, palette.paper)],
                marker={"line": {"color": palette.accent, "width": 2}},
            )
        )  # fmt: skip
    elif chosen:
        figure.add_trace(
            go.Scattergeo(
                name="chosen", lat=[at[chosen][0]], lon=[at[chosen][1]], mode="markers", hoverinfo="text",
                hovertext=[country_name(chosen)],
                marker={"size": 11, "color": palette.paper, "line": {"color": palette.accent, "width": 3}},
            )
        )  # fmt: skip
    return figure


def _custom(rows: pl.DataFrame) -> list[tuple[str, str]]:
    return [(row["country"], _hover(row)) for row in rows.to_dicts()]


def _hover(row: dict[str, object]) -> str:
    stories = theme.counted(int(str(row["n"])), "story", "stories")
    tone, low, high = row["tone"], row["low"], row["high"]
    lines = [f"<b>{country_name(str(row['country']))}</b>"]
    if isinstance(tone, float) and isinstance(low, float) and isinstance(high, float):
        lines += [
            f"{theme.signed(tone)} {theme.tone_word(tone, 'mixed')}",
            f"95{theme.THIN}%: {theme.interval(low, high)}",
        ]
    else:
        lines.append("not enough stories to say")
    return "<br>".join([*lines, stories])


def _layout(palette: theme.Palette, height: int) -> go.Layout:
    return go.Layout(
        template=theme.template(palette),
        height=height,
        margin={"l": 0, "r": 0, "t": 0, "b": 40},
        dragmode=False,
        clickmode="event+select",
        geo={
            "projection": {"type": "natural earth"}, "resolution": 110, "showframe": False, "showcoastlines": False,
            "showland": True, "landcolor": palette.rule, "showcountries": False, "showocean": False, "showlakes": False,
            "bgcolor": "rgba(0,0,0,0)", "lataxis": {"range": [-56, 82]}, "lonaxis": {"range": [-170, 180]},
        },
    )  # fmt: skip
